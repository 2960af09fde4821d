import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression, walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr, Program } from '../program.ts';
import { type FunctionRef, functionKey, functionsOf } from '../value.ts';
import type { Values } from '../values.ts';
import { handoversBy } from './handovers.ts';
import { type Branch, httpMethods, type Route } from './route.ts';

const maxFunctions = 30;

/** How a request listener is registered. */
export interface Registered {
  readonly in: FunctionRef;
  readonly call: CallExpr;
  readonly framework: string;
}

/** The comparisons with the request's path in request listeners, and in the functions that these hand requests to. */
export function branchesIn(
  listeners: readonly FunctionRef[],
  registered: Registered,
  program: Program,
  values: Values,
): Route[] {
  const seen = new Set<string>();
  const routes: Route[] = [];
  const queue = [...listeners];
  for (let next = queue.shift(); next && seen.size < maxFunctions; next = queue.shift()) {
    const { path, fn } = next;
    const facts = program.facts(path);
    if (!facts || seen.has(functionKey({ path, fn }))) continue;
    seen.add(functionKey({ path, fn }));
    const reader = new BranchReader({ path, fn }, registered, facts, program, values);
    routes.push(...reader.read(facts.functions[fn]?.statements ?? []));
    for (const { callee } of program.callsIn(path, fn))
      queue.push(...functionsOf(values.of(callee, path, fn)));
  }
  return routes;
}

/** A comparison of a test: the pattern, and whether the path has to differ from it. */
interface Comparison {
  readonly site: Expr;
  readonly pattern: string;
  readonly isNegated: boolean;
}

/** Reads the branches of one function's own body. */
class BranchReader {
  constructor(
    private readonly at: FunctionRef,
    private readonly registered: Registered,
    private readonly facts: SourceFacts,
    private readonly program: Program,
    private readonly values: Values,
  ) {}

  read(statements: readonly Statement[]): Route[] {
    return statements.flatMap((statement, index) => {
      const rest = statements.slice(index + 1);
      const inner = partsOf(statement).flatMap((part) => (isBlock(part) ? this.read(part) : []));
      return [...this.ofStatement(statement, rest), ...inner];
    });
  }

  private ofStatement(statement: Statement, rest: readonly Statement[]): Route[] {
    if (statement.kind === 'switch') return this.ofSwitch(statement);
    if (statement.kind !== 'if') return [];
    const { test, then, otherwise } = statement;
    const methods = this.methodsOf(test);
    return this.comparisonsOf(test).flatMap(({ site, pattern, isNegated }) => {
      const statements = isNegated ? [...otherwise, ...rest] : then;
      const branch = { site, registeredIn: this.registered.in, of: statement, statements, isNegated };
      return this.routes(pattern, isNegated ? [] : methods, branch);
    });
  }

  private ofSwitch(of: Extract<Statement, { kind: 'switch' }>): Route[] {
    if (!this.isPath(of.subject)) return [];
    return of.cases.flatMap(({ test, body: statements }) => {
      const pattern = test && this.pathLiteral(test);
      if (!test || pattern === undefined) return [];
      const registeredIn = this.registered.in;
      return this.routes(pattern, [], { site: test, registeredIn, of, statements, isNegated: false });
    });
  }

  private routes(pattern: string, methods: readonly Route['method'][], branch: Branch): Route[] {
    const calls: CallExpr[] = [];
    walkStatements(branch.statements, (expr) => void (expr.kind === 'call' && calls.push(expr)));
    const handovers = handoversBy(calls, this.at, this.program, this.values);
    const handsTo = handovers[0]?.transport;
    const { call, framework } = this.registered;
    const route = { ...this.at, call, framework, pattern, handlers: [], branch, handovers, handsTo };
    return (methods.length > 0 ? methods : (['all'] as const)).map((method) => ({ ...route, method }));
  }

  private comparisonsOf(test: Expr): Comparison[] {
    const found: Comparison[] = [];
    walkExpression(test, (expr) => {
      const pattern = this.comparedPath(expr);
      if (pattern === undefined) return;
      found.push({ site: expr, pattern, isNegated: expr.kind === 'binary' && expr.operator.startsWith('!') });
    });
    return found;
  }

  private comparedPath(expr: Expr): string | undefined {
    if (expr.kind === 'binary' && /^[!=]==?$/.test(expr.operator)) {
      if (this.isPath(expr.left)) return this.pathLiteral(expr.right);
      return this.isPath(expr.right) ? this.pathLiteral(expr.left) : undefined;
    }
    const [first] = expr.kind === 'call' ? expr.args : [];
    if (expr.kind !== 'call' || expr.callee.kind !== 'member' || !first) return undefined;
    return expr.callee.property === 'startsWith' && this.isPath(expr.callee.object)
      ? this.pathLiteral(first)
      : undefined;
  }

  private pathLiteral(expr: Expr): string | undefined {
    const { strings, isComplete } = this.values.strings(expr, this.at.path, this.at.fn);
    const [first] = strings;
    return isComplete && first?.startsWith('/') ? first : undefined;
  }

  /** `req.method === 'POST'` beside the path. */
  private methodsOf(test: Expr): Route['method'][] {
    const methods: Route['method'][] = [];
    walkExpression(test, (expr) => {
      if (expr.kind !== 'binary' || !/^===?$/.test(expr.operator)) return;
      for (const side of [expr.left, expr.right]) {
        const method = side.kind === 'literal' ? httpMethods.get(String(side.value)) : undefined;
        if (method) methods.push(method);
      }
    });
    return methods;
  }

  /** `req.url`, `url.pathname`, `ctx.path`, a variable that holds one of them, or a part of it. */
  private isPath(expr: Expr, depth = 0): boolean {
    if (depth > 6) return false;
    const inner = (of: Expr) => this.isPath(of, depth + 1);
    switch (expr.kind) {
      case 'member':
        return /^(url|originalUrl|pathname|path)$/.test(expr.property);
      case 'index':
        return inner(expr.object);
      case 'call':
        return expr.callee.kind === 'member' && inner(expr.callee.object);
      case 'choice':
        return inner(expr.whenTrue);
      case 'name':
        return (this.facts.bindings[expr.binding]?.values ?? []).some(({ expr: value, part }) => {
          const last = part.at(-1);
          if (last?.kind === 'property') return /^(url|pathname|path)$/.test(last.name);
          return inner(value);
        });
      default:
        return false;
    }
  }
}
