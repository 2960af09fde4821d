import type { Program } from './program.ts';
import { type FunctionRef, functionKey } from './value.ts';
import type { Values } from './values.ts';

const maxDepth = 8;

/** Which methods a class that extends theirs has its own of: what `this.method()` runs is then not certain. */
export class Overrides {
  private readonly replaced = new Set<string>();

  constructor(
    private readonly program: Program,
    private readonly plain: Values,
  ) {
    for (const [path, { classes }] of program.files) {
      for (const { id, members } of classes) {
        const own = members.filter(({ name }) => name !== 'constructor' && name !== 'static');
        if (own.length > 0) this.note(path, id, new Set(own.map(({ name }) => name)), 0);
      }
    }
  }

  /** Whether a function is a method that another class replaces. */
  isReplaced({ path, fn }: FunctionRef): boolean {
    return this.replaced.has(functionKey({ path, fn }));
  }

  /** Notes the methods of the classes above one that have one of the names. */
  private note(path: string, cls: number, names: ReadonlySet<string>, depth: number): void {
    const base = this.program.facts(path)?.classes[cls]?.extends;
    if (!base || depth > maxDepth) return;
    for (const value of this.plain.of(base, path, 0)) {
      if (value.kind !== 'class') continue;
      for (const { name, fn } of this.program.facts(value.path)?.classes[value.cls]?.members ?? []) {
        if (names.has(name)) this.replaced.add(`${value.path}#${fn}`);
      }
      this.note(value.path, value.cls, names, depth + 1);
    }
  }
}
