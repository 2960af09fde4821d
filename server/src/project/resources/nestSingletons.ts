import type { SourceFacts } from '../../languages/source/facts.ts';

/**
 * Whether Nest makes one object of a class, at the start: `@Injectable()` and `@Controller()`, unless they may be given
 * another scope.
 */
export function isNestSingleton(cls: number, facts: SourceFacts | undefined): boolean {
  return (facts?.classes[cls]?.initializers ?? []).some(({ name, value }) => {
    if (name !== '@' || value.kind !== 'call' || value.callee.kind !== 'name') return false;
    const imported = facts?.bindings[value.callee.binding]?.imported;
    if (imported?.specifier !== '@nestjs/common') return false;
    const [options] = value.args;
    if (imported.name === 'Injectable') return options === undefined;
    return imported.name === 'Controller' && (options === undefined || options.kind === 'literal');
  });
}
