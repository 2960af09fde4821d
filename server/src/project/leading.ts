import type { Execution } from './execution.ts';
import type { Program } from './program.ts';
import type { ReferenceFinder, References } from './references.ts';
import { type FunctionRef, functionKey } from './value.ts';

/**
 * Which functions of a running program may come to a given one. As generous as the execution itself (a function that
 * is only mentioned counts, methods are matched by name), so that whatever is left out surely does not lead there.
 */
export class LeadingFunctions {
  /** What refers to a function, class or method name; under the keys of `functionKey`, `classKey` and `nameKey`. */
  private users: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly execution: Execution,
    private readonly program: Program,
    private readonly references: ReferenceFinder,
  ) {}

  /** The keys (`functionKey`) of all live functions that may come to `target`; its own is among them. */
  to(target: FunctionRef): ReadonlySet<string> {
    const key = functionKey(target);
    let found = this.known.get(key);
    if (!found) {
      this.users ??= this.findUsers();
      found = closure(key, this.users);
      this.known.set(key, found);
    }
    return found;
  }

  private findUsers(): ReadonlyMap<string, ReadonlySet<string>> {
    const users = new Map<string, Set<string>>();
    const note = (used: string, user: string) => {
      const known = users.get(used);
      if (known) known.add(user);
      else users.set(used, new Set([user]));
    };
    for (const [path, functions] of this.execution.live) {
      for (const fn of functions) {
        const references = this.references.inFunction(path, fn, path !== this.execution.entry);
        this.noteReferences(functionKey({ path, fn }), path, references, note);
      }
      this.noteClasses(path, functions, note);
    }
    return users;
  }

  private noteReferences(
    user: string,
    path: string,
    { functions, classes, names, modules }: References,
    note: (used: string, user: string) => void,
  ): void {
    for (const ref of functions) note(functionKey(ref), user);
    for (const ref of classes) note(classKey(ref.path, ref.cls), user);
    for (const name of names) note(nameKey(name), user);
    for (const specifier of modules) {
      const loaded = this.program.resolve(specifier, path);
      if (loaded.kind !== 'file') continue;
      // Whatever the module gives may be called by who loads it.
      for (const fn of this.execution.live.get(loaded.path) ?? [])
        note(functionKey({ path: loaded.path, fn }), user);
    }
  }

  private noteClasses(
    path: string,
    live: ReadonlySet<number>,
    note: (used: string, user: string) => void,
  ): void {
    for (const { id, members } of this.program.facts(path)?.classes ?? []) {
      const made = classKey(path, id);
      this.noteReferences(made, path, this.references.inClass(path, id), note);
      for (const { name, fn } of members) {
        if (!live.has(fn)) continue;
        note(functionKey({ path, fn }), name === 'constructor' || name === 'static' ? made : nameKey(name));
      }
    }
  }
}

function classKey(path: string, cls: number): string {
  return `${path}@${cls}`;
}

function nameKey(name: string): string {
  return `.${name}`;
}

function closure(start: string, users: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set([start]);
  // A set goes on with what is added to it on the way.
  for (const key of found) for (const user of users.get(key) ?? []) found.add(user);
  return found;
}
