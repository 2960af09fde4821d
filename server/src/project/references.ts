import type { Expr, SourceFacts } from '../languages/source/facts.ts';
import { walkExpression, walkStatements } from '../languages/source/walk.ts';
import { isMainGuard } from './mainGuard.ts';
import { memoized } from './memoize.ts';
import type { Program } from './program.ts';
import type { FunctionRef, Value } from './value.ts';
import type { Values } from './values.ts';

/** A class in its file. */
export interface ClassRef {
  readonly path: string;
  readonly cls: number;
}

/** What a stretch of code refers to: whatever of it may run because that code runs. */
export interface References {
  readonly functions: readonly FunctionRef[];
  readonly classes: readonly ClassRef[];
  /** Property names: a method of that name may be called. */
  readonly names: ReadonlySet<string>;
  /** Modules loaded by `import()` or `require()` on the way. */
  readonly modules: readonly string[];
}

/** Finds references once per function and class of a snapshot; all servers share them. */
export class ReferenceFinder {
  private readonly known = new Map<string, References>();

  /** @param values the plain ones: what is passed as an argument is referred to where it is passed. */
  constructor(
    private readonly program: Program,
    private readonly values: Values,
  ) {}

  /**
   * What a function's own body and its parameters' defaults refer to.
   * @param isImported the file is loaded by another one: what it does only when it is started itself is left out
   */
  inFunction(path: string, fn: number, isImported = false): References {
    const skipsMain = isImported && fn === 0;
    return this.remember(`${path}#${skipsMain ? 'imported' : fn}`, path, (facts, collect) => {
      const fact = facts.functions[fn];
      if (!fact) return;
      const statements = skipsMain
        ? fact.statements.filter((statement) => !isMainGuard(statement, facts))
        : fact.statements;
      walkStatements(statements, (expr) => collect(expr, fn));
      for (const id of fact.parameters.flatMap(({ bindings }) => bindings)) {
        for (const { expr } of facts.bindings[id]?.values ?? []) {
          walkExpression(expr, (inner) => collect(inner, fn));
        }
      }
    });
  }

  /** What the property values, decorators and base of a class refer to. */
  inClass(path: string, cls: number): References {
    return this.remember(`${path}@${cls}`, path, (facts, collect) => {
      const fact = facts.classes[cls];
      if (!fact) return;
      const fn = fact.members[0]?.fn ?? 0;
      for (const { value } of fact.initializers) walkExpression(value, (expr) => collect(expr, fn));
      if (fact.extends) walkExpression(fact.extends, (expr) => collect(expr, 0));
    });
  }

  private remember(
    key: string,
    path: string,
    walk: (facts: SourceFacts, collect: (expr: Expr, fn: number) => void) => void,
  ): References {
    const before = this.known.get(key);
    if (before) return before;
    const facts = this.program.facts(path);
    const collector = new Collector();
    if (facts) walk(facts, (expr, fn) => this.collect(expr, path, fn, facts, collector));
    this.known.set(key, collector);
    return collector;
  }

  private collect(expr: Expr, path: string, fn: number, facts: SourceFacts, into: Collector): void {
    switch (expr.kind) {
      case 'function':
        if (!storedFunctions(facts).has(expr.fn)) into.functions.push({ path, fn: expr.fn });
        return;
      case 'name':
        into.add(this.values.of(expr, path, fn));
        return;
      case 'member':
        into.names.add(expr.property);
        into.add(this.values.of(expr, path, fn));
        return;
      case 'call':
        if (expr.isNew) into.add(this.values.of(expr.callee, path, fn));
        return;
      case 'module':
        into.modules.push(expr.specifier);
        return;
      case 'object':
        for (const { key } of expr.properties) if (key) into.names.add(key);
        return;
      default:
        return;
    }
  }
}

class Collector implements References {
  readonly functions: FunctionRef[] = [];
  readonly classes: ClassRef[] = [];
  readonly names = new Set<string>();
  readonly modules: string[] = [];

  add(values: readonly Value[]): void {
    for (const value of values) {
      if (value.kind === 'function') this.functions.push({ path: value.path, fn: value.fn });
      else if (value.kind === 'class' || value.kind === 'instance') {
        this.classes.push({ path: value.path, cls: value.cls });
      }
    }
  }
}

/**
 * The function literals that are only kept under a name (`const f = () => ...`, a declaration): they live when the
 * name is used, not when the statement is passed.
 */
const storedFunctions = memoized(({ bindings }: SourceFacts): ReadonlySet<number> => {
  const stored = bindings.filter(({ kind }) => kind !== 'parameter').flatMap(({ values }) => values);
  return new Set(
    stored.flatMap(({ expr, part }) => (expr.kind === 'function' && part.length === 0 ? [expr.fn] : [])),
  );
});
