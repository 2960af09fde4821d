import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { walkExpression } from '../../languages/source/walk.ts';

/**
 * The end of the last `require` above all that the file does, or of its directives; 0 where there is neither. What is
 * put behind a `require` that comes later might be used before it is there.
 */
export function lastRequireEnd(facts: SourceFacts): number {
  let end = 0;
  for (const statement of facts.functions[0]?.statements ?? []) {
    const held = heldBy(statement);
    if (isDirective(statement) || held.some(({ kind }) => kind === 'module')) end = statement.end;
    else if (statement.kind !== 'declare') break;
    if (held.some((expr) => expr.kind === 'call' && isOwn(expr.callee, facts))) break;
  }
  return end;
}

/** `'use strict'` has to stay the first statement. */
function isDirective(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.expr.kind === 'literal';
}

/** The expressions of a statement without blocks. */
function heldBy(statement: Statement): Expr[] {
  const held: Expr[] = [];
  const root =
    statement.kind === 'expression' ? statement.expr : statement.kind === 'declare' && statement.init;
  if (root) walkExpression(root, (expr) => held.push(expr));
  return held;
}

/** Whether a function or class of this file is called. */
function isOwn(callee: Expr, { bindings }: SourceFacts): boolean {
  const values = callee.kind === 'name' ? (bindings[callee.binding]?.values ?? []) : [];
  return values.some(({ expr }) => expr.kind === 'function' || expr.kind === 'class');
}
