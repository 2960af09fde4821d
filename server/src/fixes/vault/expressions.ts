import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkExpression, walkStatements } from '../../languages/source/walk.ts';

/** All expressions of one function's own body, in the order of the text. */
export function expressionsOf(facts: SourceFacts, fn: number): Expr[] {
  const found: Expr[] = [];
  walkStatements(facts.functions[fn]?.statements ?? [], (expr) => found.push(expr));
  return found;
}

/** Whether an expression means the same in a function of the module, later: it names only what all of the module can. */
export function isOfTheModule(expr: Expr, { bindings }: SourceFacts): boolean {
  let is = true;
  walkExpression(expr, (inner) => {
    if (inner.kind === 'name') is &&= inner.binding < 0 || bindings[inner.binding]?.owner === 0;
    else if (/^(this|super|await|function|class|assign|other)$/.test(inner.kind)) is = false;
  });
  return is;
}

/** Whether an expression may be written a second time beside the first: it does nothing. */
export function isPlain(expr: Expr): boolean {
  let is = true;
  walkExpression(expr, (inner) => {
    if (/^(call|await|assign|function|class|other|super)$/.test(inner.kind)) is = false;
  });
  return is;
}
