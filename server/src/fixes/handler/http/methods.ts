import type { Expr, SourceFacts, Statement } from '../../../languages/source/facts.ts';
import { isBlock, partsOf, walkExpression, walkStatements } from '../../../languages/source/walk.ts';

/** Whether a call stands behind a test that only GET and DELETE pass: `if (req.method === 'GET') ...`. */
export function isWithoutBodyIn(facts: SourceFacts, fn: number, call: Expr): boolean {
  return isGuarded(facts.functions[fn]?.statements ?? [], call);
}

function isGuarded(statements: readonly Statement[], call: Expr): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'if' && onlyWithoutBody(statement.test) && contains(statement.then, call))
      return true;
    return partsOf(statement).some((part) => isBlock(part) && isGuarded(part, call));
  });
}

function contains(statements: readonly Statement[], call: Expr): boolean {
  let found = false;
  walkStatements(statements, (expr) => {
    found ||= expr === call;
  });
  return found;
}

/** The test compares with methods, by `===` alone, and with none that has a body. */
function onlyWithoutBody(test: Expr): boolean {
  const methods: unknown[] = [];
  let isPlain = true;
  walkExpression(test, (expr) => {
    if (expr.kind === 'unary') isPlain = false;
    if (expr.kind !== 'binary') return;
    const isOfMethod = [expr.left, expr.right].some(
      (side) => side.kind === 'member' && side.property === 'method',
    );
    if (!isOfMethod) return;
    const literal = [expr.left, expr.right].find((side) => side.kind === 'literal');
    methods.push(/^===?$/.test(expr.operator) && literal?.kind === 'literal' ? literal.value : undefined);
  });
  return isPlain && methods.length > 0 && methods.every((method) => method === 'GET' || method === 'DELETE');
}
