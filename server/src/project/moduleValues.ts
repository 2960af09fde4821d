import type { SourceFacts } from '../languages/source/facts.ts';
import { foreign, unknown, type Value } from './value.ts';
import type { Values } from './values.ts';

/** What a file gets from `specifier` under `name` (`*`: all of it, `default`, `export=`). */
export function loadedValues(values: Values, specifier: string, from: string, name: string): Value[] {
  const target = values.program.resolve(specifier, from);
  return target.kind === 'external'
    ? [foreign(target.name, name)]
    : exportedValues(values, target.path, name);
}

/** What a file gives under `name`, also through files that it exports from. */
export function exportedValues(
  values: Values,
  path: string,
  name: string,
  seen = new Set<string>(),
): Value[] {
  const facts = values.program.facts(path);
  if (!facts || seen.has(path)) return [unknown];
  seen.add(path);
  if (name === '*') return [{ kind: 'module', path }];
  const own = ownExports(values, facts, path, name, seen);
  if (own.length > 0) return own;
  const whole = facts.exports.find((fact) => fact.kind === 'value' && fact.name === 'export=');
  const all = whole?.kind === 'value' ? values.of(whole.value, path, 0) : undefined;
  if (name === 'export=' || name === 'default') return all ? [...all] : [{ kind: 'module', path }];
  const passedOn = starExports(values, facts, path, name, seen);
  return passedOn ?? all?.flatMap((value) => values.property(value, name)) ?? [unknown];
}

/** `export const x`, `export { x } from './y.js'`. */
function ownExports(
  values: Values,
  facts: SourceFacts,
  path: string,
  name: string,
  seen: ReadonlySet<string>,
): Value[] {
  return facts.exports.flatMap((fact): Value[] => {
    if (fact.kind === 'all' || fact.name !== name) return [];
    if (fact.kind === 'value') return [...values.of(fact.value, path, 0)];
    const target = values.program.resolve(fact.specifier, path);
    if (target.kind === 'external') return [foreign(target.name, fact.imported)];
    return exportedValues(values, target.path, fact.imported, new Set(seen));
  });
}

/** `export * from './y.js'`: the first file that knows the name. */
function starExports(
  values: Values,
  facts: SourceFacts,
  path: string,
  name: string,
  seen: Set<string>,
): Value[] | undefined {
  for (const fact of facts.exports) {
    if (fact.kind !== 'all') continue;
    const target = values.program.resolve(fact.specifier, path);
    if (target.kind === 'external') continue;
    const inner = exportedValues(values, target.path, name, seen);
    if (inner.some(({ kind }) => kind !== 'unknown')) return inner;
  }
  return undefined;
}
