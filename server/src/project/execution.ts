import type { ClassFact, Expr, SourceFacts } from '../languages/source/facts.ts';
import { walkExpression, walkStatements } from '../languages/source/walk.ts';
import type { Program } from './program.ts';
import type { Value, Values } from './values.ts';

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
  /** Whether a module that live code loads could not be found in the project. */
  readonly hasUnresolvedFiles: boolean;
}

/** Follows an entry file. */
export function execute(entry: string, program: Program, values: Values): Execution {
  return new Runner(program, values).run(entry);
}

class Runner {
  private readonly live = new Map<string, Set<number>>();
  private readonly packages = new Set<string>();
  private readonly classes = new Map<string, { path: string; cls: number }>();
  private readonly mentioned = new Set<string>();
  private readonly queue: { path: string; fn: number }[] = [];
  private hasUnresolvedFiles = false;

  constructor(
    private readonly program: Program,
    private readonly values: Values,
  ) {}

  run(entry: string): Execution {
    this.load(entry);
    for (let next = this.queue.pop(); next; next = this.queue.pop()) this.follow(next.path, next.fn);
    return {
      entry,
      live: this.live,
      packages: this.packages,
      hasUnresolvedFiles: this.hasUnresolvedFiles,
    };
  }

  private load(path: string): void {
    if (this.live.has(path)) return;
    const facts = this.program.facts(path);
    if (!facts) return;
    this.live.set(path, new Set());
    this.enliven(path, 0);
    for (const { specifier, kind } of facts.imports) if (kind === 'static') this.loadModule(specifier, path);
  }

  private loadModule(specifier: string, from: string): string | undefined {
    const target = this.program.resolve(specifier, from);
    if (target.kind === 'file') {
      this.load(target.path);
      return target.path;
    }
    if (specifier.startsWith('.')) this.hasUnresolvedFiles = true;
    else this.packages.add(target.name.replace(/^node:/, ''));
    return undefined;
  }

  private enliven(path: string, fn: number): void {
    const inFile = this.live.get(path);
    if (!inFile) {
      this.load(path);
      if (this.live.has(path) && fn !== 0) this.enliven(path, fn);
      return;
    }
    if (inFile.has(fn)) return;
    inFile.add(fn);
    this.queue.push({ path, fn });
  }

  private follow(path: string, fn: number): void {
    const facts = this.program.facts(path);
    const fact = facts?.functions[fn];
    if (!facts || !fact) return;
    walkStatements(fact.statements, (expr) => this.visit(expr, path, fn, facts));
    for (const parameter of fact.parameters) {
      for (const id of parameter.bindings) {
        for (const { expr } of facts.bindings[id]?.values ?? []) {
          walkExpression(expr, (inner) => this.visit(inner, path, fn, facts));
        }
      }
    }
    if (fn === 0) for (const cls of facts.classes) if (cls.isDecorated) this.enlivenClass(path, cls.id);
  }

  private visit(expr: Expr, path: string, fn: number, facts: SourceFacts): void {
    switch (expr.kind) {
      case 'function':
        if (!isStored(facts, expr.fn)) this.enliven(path, expr.fn);
        return;
      case 'name':
        this.touch(this.values.of(expr, path, fn));
        return;
      case 'member':
        this.mention(expr.property);
        this.touch(this.values.of(expr, path, fn));
        return;
      case 'call':
        if (expr.isNew) this.touch(this.values.of(expr.callee, path, fn));
        return;
      case 'module':
        this.loadExports(expr.specifier, path);
        return;
      case 'object':
        for (const { key } of expr.properties) if (key) this.mention(key);
        return;
      default:
        return;
    }
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
      else if (value.kind === 'class' || value.kind === 'instance') this.enlivenClass(value.path, value.cls);
    }
  }

  private enlivenClass(path: string, cls: number): void {
    const key = `${path}#${cls}`;
    const fact = this.program.facts(path)?.classes[cls];
    if (!fact || this.classes.has(key)) return;
    this.classes.set(key, { path, cls });
    this.load(path);
    for (const member of fact.members)
      if (this.isUsed(member.name, path, fact)) this.enliven(path, member.fn);
    const fn = fact.members[0]?.fn ?? 0;
    const facts = this.program.facts(path);
    for (const { value } of fact.initializers) {
      if (facts) walkExpression(value, (expr) => this.visit(expr, path, fn, facts));
    }
    if (fact.extends) this.touch(this.values.of(fact.extends, path, 0));
  }

  /** Whether a method of a live class may be called: it is mentioned, or somebody outside may call it. */
  private isUsed(name: string, path: string, cls: ClassFact): boolean {
    if (name === 'constructor' || name === 'static' || cls.isDecorated || this.mentioned.has(name))
      return true;
    if (!cls.extends) return false;
    return this.values.of(cls.extends, path, 0).some(({ kind }) => kind === 'foreign' || kind === 'unknown');
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

const stored = new WeakMap<SourceFacts, Set<number>>();

/**
 * Whether a function literal is only kept under a name (`const f = () => ...`, a declaration): it then lives when
 * the name is used, not when the statement is passed.
 */
function isStored(facts: SourceFacts, fn: number): boolean {
  let known = stored.get(facts);
  if (!known) {
    known = new Set();
    for (const binding of facts.bindings) {
      if (binding.kind === 'parameter') continue;
      for (const { expr, part } of binding.values) {
        if (expr.kind === 'function' && part.length === 0) known.add(expr.fn);
      }
    }
    stored.set(facts, known);
  }
  return known.has(fn);
}
