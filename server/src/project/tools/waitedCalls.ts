import type { Expr, FunctionFact, Statement } from '../../languages/source/facts.ts';
import { childrenOf, isBlock, partsOf } from '../../languages/source/walk.ts';
import { memoized } from '../memoize.ts';
import type { CallExpr } from '../program.ts';

/**
 * The calls in a function's own body whose outcome its caller waits for: awaited, returned, or part of what is
 * (`await Promise.all([a(), b()])`, `return fetch(url).then(...)`).
 */
export const waitedCalls = memoized(({ statements }: FunctionFact): ReadonlySet<CallExpr> => {
  const found = new Set<CallExpr>();
  visitBlock(statements, found);
  return found;
});

function visitBlock(statements: readonly Statement[], found: Set<CallExpr>): void {
  for (const statement of statements) {
    for (const part of partsOf(statement)) {
      if (isBlock(part)) visitBlock(part, found);
      else visit(part, statement.kind === 'return', found);
    }
  }
}

function visit(expr: Expr, isWaited: boolean, found: Set<CallExpr>): void {
  switch (expr.kind) {
    case 'await':
      visit(expr.operand, true, found);
      return;
    case 'choice':
      visit(expr.test, isWaited && expr.operator !== '?:', found);
      visit(expr.whenTrue, isWaited, found);
      visit(expr.whenFalse, isWaited, found);
      return;
    case 'call':
      if (isWaited) found.add(expr);
      // Of a chain the first call is waited for with the last.
      visit(expr.callee.kind === 'member' ? expr.callee.object : expr.callee, isWaited, found);
      for (const argument of expr.args) visit(argument, isWaited && isGathering(expr), found);
      return;
    case 'array':
    case 'spread':
    case 'other':
      for (const inner of childrenOf(expr)) visit(inner, isWaited, found);
      return;
    default:
      for (const inner of childrenOf(expr)) visit(inner, false, found);
  }
}

/** `Promise.all(...)`; a race is a way to give up already. */
function isGathering({ callee }: CallExpr): boolean {
  return (
    callee.kind === 'member' &&
    callee.object.kind === 'name' &&
    callee.object.name === 'Promise' &&
    /^(all|allSettled)$/.test(callee.property)
  );
}
