import type { Expr, FunctionFact, SourceFacts } from '../languages/source/facts.ts';
import { walkStatements } from '../languages/source/walk.ts';
import { memoized } from './memoize.ts';

/** Where an import leads: a file of the project, or a package outside it. */
export type Resolved =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'external'; readonly name: string };

export type CallExpr = Extract<Expr, { kind: 'call' }>;

/** A package that starts servers for others through a class. */
export interface Framework {
  readonly name: string;
  readonly mainClass: string;
}

/** A call with the function whose body holds it. */
export interface CallSite {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
}

/**
 * The source files of a project as one program: facts by path, imports resolved, calls found by name.
 * What is derived from one file's facts alone is kept with those facts, so that an edit of one file derives
 * nothing of the others again.
 */
export class Program {
  private sitesByName: ReadonlyMap<string, readonly CallSite[]> | undefined;

  constructor(
    readonly files: ReadonlyMap<string, SourceFacts>,
    private readonly resolveImport: (specifier: string, from: string) => Resolved,
    /** The MCP framework whose own source a file is. */
    readonly frameworkOf: (path: string) => Framework | undefined,
  ) {}

  /** Where `specifier` in the file `from` leads. */
  resolve(specifier: string, from: string): Resolved {
    return this.resolveImport(specifier, from);
  }

  facts(path: string): SourceFacts | undefined {
    return this.files.get(path);
  }

  functionAt(path: string, fn: number): FunctionFact | undefined {
    return this.files.get(path)?.functions[fn];
  }

  /** Every call in the program whose callee is written with this name (`name(...)`, `x.name(...)`, renamed imports too). */
  callsNamed(name: string): readonly CallSite[] {
    return this.named().get(name) ?? [];
  }

  private named(): ReadonlyMap<string, readonly CallSite[]> {
    if (this.sitesByName) return this.sitesByName;
    const sites = new Map<string, CallSite[]>();
    for (const [path, facts] of this.files) {
      for (const [name, calls] of callsByName(facts)) {
        const list = sites.get(name) ?? [];
        for (const { fn, call } of calls) list.push({ path, fn, call });
        sites.set(name, list);
      }
    }
    this.sitesByName = sites;
    return sites;
  }

  /** Whether a function's own body assigns to a property of that name: `transport.onclose = ...`. */
  assigns(path: string, fn: number, property: string): boolean {
    let found = false;
    walkStatements(this.functionAt(path, fn)?.statements ?? [], (expr) => {
      if (expr.kind === 'assign' && expr.target.kind === 'member' && expr.target.property === property)
        found = true;
    });
    return found;
  }

  /** The calls in one function's own body, in the order of the text. */
  callsIn(path: string, fn: number): readonly CallExpr[] {
    const facts = this.files.get(path);
    return facts ? (callsByFunction(facts)[fn] ?? []) : [];
  }
}

const callsByFunction = memoized((facts: SourceFacts): readonly (readonly CallExpr[])[] =>
  facts.functions.map(({ statements, id }) => {
    const calls: CallExpr[] = [];
    const collect = (expr: Expr) => expr.kind === 'call' && calls.push(expr);
    walkStatements(statements, (expr) => void collect(expr));
    if (id === 0) collectInitializers(facts, collect);
    return calls;
  }),
);

/** Values of class properties and decorators count as the module's own calls. */
function collectInitializers(facts: SourceFacts, collect: (expr: Expr) => void): void {
  for (const { initializers } of facts.classes) {
    for (const { value } of initializers) {
      walkStatements(
        [{ kind: 'expression', expr: value, start: value.start, end: value.end }],
        (expr) => void collect(expr),
      );
    }
  }
}

const callsByName = memoized((facts: SourceFacts) => {
  const found = new Map<string, { fn: number; call: CallExpr }[]>();
  for (const [fn, calls] of callsByFunction(facts).entries()) {
    for (const call of calls) {
      for (const name of calleeNames(facts, call.callee)) {
        const list = found.get(name);
        if (list) list.push({ fn, call });
        else found.set(name, [{ fn, call }]);
      }
    }
  }
  return found;
});

function calleeNames(facts: SourceFacts, callee: Expr): string[] {
  if (callee.kind === 'member') return [callee.property];
  if (callee.kind !== 'name') return [];
  const imported = facts.bindings[callee.binding]?.imported?.name;
  return imported && imported !== callee.name ? [callee.name, imported] : [callee.name];
}
