import type { Range } from '../../text/range.ts';
import type { Expr, Statement } from './facts.ts';

/**
 * Visits every expression of some statements in the order of the text, outer ones first. Functions inside are
 * visited as one expression (`function`), not entered. `visit` returning false keeps from going deeper.
 */
export function walkStatements(statements: readonly Statement[], visit: (expr: Expr) => unknown): void {
  for (const statement of statements) {
    for (const part of partsOf(statement)) {
      if (isBlock(part)) walkStatements(part, visit);
      else walkExpression(part, visit);
    }
  }
}

/** An expression of a statement, or a block inside it. */
export type Part = Expr | readonly Statement[];

/** Whether a part of a statement is a list of statements, not an expression. */
export function isBlock(part: Part): part is readonly Statement[] {
  return Array.isArray(part);
}

/** The expressions and blocks directly inside a statement, in the order of the text. */
export function partsOf(statement: Statement): readonly Part[] {
  switch (statement.kind) {
    case 'expression':
      return [statement.expr];
    case 'declare':
      return statement.init ? [statement.init] : [];
    case 'return':
    case 'throw':
      return statement.value ? [statement.value] : [];
    case 'block':
      return [statement.body];
    case 'if':
      return [statement.test, statement.then, statement.otherwise];
    case 'loop':
      return [...statement.heads, statement.body];
    case 'try':
      return [statement.body, statement.handler ?? [], statement.finalizer ?? []];
    case 'switch':
      return [
        statement.subject,
        ...statement.cases.flatMap(({ test, body }): Part[] => (test ? [test, body] : [body])),
      ];
    default:
      return [];
  }
}

/** Visits an expression and those inside it, as `walkStatements` does. */
export function walkExpression(expr: Expr, visit: (expr: Expr) => unknown): void {
  if (visit(expr) === false) return;
  for (const inner of childrenOf(expr)) walkExpression(inner, visit);
}

/** The expressions directly inside an expression, in the order of the text. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'member':
      return [expr.object];
    case 'index':
      return [expr.object, expr.index];
    case 'call':
      return [expr.callee, ...expr.args];
    case 'await':
    case 'unary':
    case 'spread':
      return [expr.operand];
    case 'array':
      return expr.elements;
    case 'object':
      return expr.properties.map(({ value }) => value);
    case 'choice':
      return expr.operator === '?:'
        ? [expr.test, expr.whenTrue, expr.whenFalse]
        : [expr.test, expr.operator === '&&' ? expr.whenTrue : expr.whenFalse];
    case 'assign':
      return [expr.target, expr.value];
    case 'binary':
      return [expr.left, expr.right];
    case 'template':
      return expr.parts;
    case 'other':
      return expr.children;
    default:
      return [];
  }
}

/** A call without its arguments: what is underlined of it. */
export function calleeRange({ start, callee }: Extract<Expr, { kind: 'call' }>): Range {
  return { start, end: callee.end };
}
