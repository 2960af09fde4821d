import type { Program } from './program.ts';
import type { ClassRef, ReferenceFinder, References } from './references.ts';
import type { Value } from './value.ts';
import type { Values } from './values.ts';

/**
 * What may run once an entry file is started: functions reached from its top level over calls, references,
 * classes and imports. Deliberately generous (a function that is only mentioned counts, methods are matched
 * by name), so that what it leaves out really is dead.
 */
export interface Execution {
  readonly entry: string;
  /** Live functions by file; a file is in it as soon as it is loaded (its function 0 is its top level). */
  readonly live: ReadonlyMap<string, ReadonlySet<number>>;
  /** Packages and Node modules (without `node:`) that live code loads. */
  readonly packages: ReadonlySet<string>;
}

/** Follows an entry file, and those that are loaded before it. */
export function execute(
  entry: string,
  preloads: readonly string[],
  program: Program,
  values: Values,
  references: ReferenceFinder,
): Execution {
  return new Runner(program, values, references).run(entry, preloads);
}

class Runner {
  private readonly live = new Map<string, Set<number>>();
  private readonly packages = new Set<string>();
  private readonly classes = new Map<string, ClassRef>();
  private readonly mentioned = new Set<string>();
  private readonly loaded: string[] = [];
  private readonly started = new Set<string>();
  private readonly queue: { path: string; fn: number }[] = [];

  constructor(
    private readonly program: Program,
    private readonly values: Values,
    private readonly references: ReferenceFinder,
  ) {}

  run(entry: string, preloads: readonly string[]): Execution {
    this.started.add(entry);
    for (const path of [entry, ...preloads]) this.load(path);
    while (this.loaded.length > 0 || this.queue.length > 0) {
      const file = this.loaded.pop();
      const next = file === undefined ? this.queue.pop() : undefined;
      if (file !== undefined) this.start(file);
      if (next) {
        const isImported = !this.started.has(next.path);
        this.follow(this.references.inFunction(next.path, next.fn, isImported), next.path);
      }
    }
    return { entry, live: this.live, packages: this.packages };
  }

  /** Notes a file as loaded; what it loads in turn waits, because import chains can be longer than the stack. */
  private load(path: string): void {
    if (!this.program.facts(path) || this.live.has(path)) return;
    this.live.set(path, new Set());
    this.loaded.push(path);
  }

  private start(path: string): void {
    const facts = this.program.facts(path);
    if (!facts) return;
    this.enliven(path, 0);
    for (const { specifier, kind } of facts.imports) if (kind === 'static') this.loadModule(specifier, path);
    for (const { isDecorated, id } of facts.classes) if (isDecorated) this.enlivenClass({ path, cls: id });
  }

  private loadModule(specifier: string, from: string): string | undefined {
    const target = this.program.resolve(specifier, from);
    if (target.kind === 'file') {
      this.load(target.path);
      return target.path;
    }
    if (!specifier.startsWith('.')) this.packages.add(target.name.replace(/^node:/, ''));
    return undefined;
  }

  private enliven(path: string, fn: number): void {
    this.load(path);
    const inFile = this.live.get(path);
    if (!inFile || inFile.has(fn)) return;
    inFile.add(fn);
    this.queue.push({ path, fn });
  }

  private follow({ functions, classes, names, modules }: References, path: string): void {
    for (const ref of functions) this.enliven(ref.path, ref.fn);
    for (const ref of classes) this.enlivenClass(ref);
    for (const name of names) this.mention(name);
    for (const specifier of modules) this.loadExports(specifier, path);
  }

  /** `import('./x')` hands the whole module to whoever takes it: its exports count as used. */
  private loadExports(specifier: string, from: string): void {
    const path = this.loadModule(specifier, from);
    const facts = path ? this.program.facts(path) : undefined;
    if (!path || !facts) return;
    for (const fact of facts.exports) {
      if (fact.kind === 'value') this.touch(this.values.of(fact.value, path, 0));
    }
  }

  private touch(values: readonly Value[]): void {
    for (const value of values) {
      if (value.kind === 'function') this.enliven(value.path, value.fn);
      else if (value.kind === 'class' || value.kind === 'instance') this.enlivenClass(value);
    }
  }

  private enlivenClass({ path, cls }: ClassRef): void {
    const key = `${path}#${cls}`;
    const fact = this.program.facts(path)?.classes[cls];
    if (!fact || this.classes.has(key)) return;
    this.classes.set(key, { path, cls });
    this.load(path);
    const isOpen = this.isCalledFromOutside({ path, cls });
    for (const { name, fn } of fact.members) {
      if (isOpen || name === 'constructor' || name === 'static' || this.mentioned.has(name))
        this.enliven(path, fn);
    }
    this.follow(this.references.inClass(path, cls), path);
  }

  /** A decorated class, or one with a base outside the project, may have any of its methods called by others. */
  private isCalledFromOutside({ path, cls }: ClassRef): boolean {
    const fact = this.program.facts(path)?.classes[cls];
    if (!fact?.extends) return fact?.isDecorated ?? false;
    const bases = this.values.of(fact.extends, path, 0);
    return fact.isDecorated || bases.some(({ kind }) => kind === 'foreign' || kind === 'unknown');
  }

  private mention(name: string): void {
    if (this.mentioned.has(name)) return;
    this.mentioned.add(name);
    for (const { path, cls } of this.classes.values()) {
      for (const member of this.program.facts(path)?.classes[cls]?.members ?? []) {
        if (member.name === name) this.enliven(path, member.fn);
      }
    }
  }
}
