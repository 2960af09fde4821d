import type { Expr, FunctionFact, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf, walkExpression } from '../../languages/source/walk.ts';
import type { CallExpr } from '../program.ts';
import { leaves } from './onceGuards.ts';

const known = new WeakMap<FunctionFact, ReadonlySet<CallExpr>>();

/**
 * The calls in a function's own body that run, or do not, by the shape of what it was given: under a test such as
 * `'command' in options`, or behind an early return under one. Of a function that several tools share, each tool may
 * only ever take one of the branches.
 */
export function callsByShape(fact: FunctionFact): ReadonlySet<CallExpr> {
  const before = known.get(fact);
  if (before) return before;
  const found = new Set<CallExpr>();
  visitBlock(fact.statements, false, found);
  known.set(fact, found);
  return found;
}

function visitBlock(statements: readonly Statement[], isByShape: boolean, found: Set<CallExpr>): void {
  let inside = isByShape;
  for (const statement of statements) {
    const asks = statement.kind === 'if' && asksForShape(statement.test);
    for (const part of partsOf(statement)) {
      if (isBlock(part)) visitBlock(part, inside || asks, found);
      else visit(part, inside, found);
    }
    if (asks && (leaves(statement.then) || leaves(statement.otherwise))) inside = true;
  }
}

function visit(expr: Expr, isByShape: boolean, found: Set<CallExpr>): void {
  if (isByShape && expr.kind === 'call') found.add(expr);
  const asks = expr.kind === 'choice' && asksForShape(expr.test);
  for (const inner of childrenOf(expr)) visit(inner, isByShape || asks, found);
}

function asksForShape(test: Expr): boolean {
  let found = false;
  walkExpression(test, (expr) => {
    found ||= expr.kind === 'binary' && expr.operator === 'in' && expr.left.kind === 'literal';
  });
  return found;
}
