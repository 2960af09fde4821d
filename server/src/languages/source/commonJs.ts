import type { ExportFact, Expr, Statement } from './facts.ts';

/** What top-level `module.exports = ...`, `module.exports.x = ...` and `exports.x = ...` give to others. */
export function commonJsExports(statements: readonly Statement[]): ExportFact[] {
  return statements.flatMap((statement) =>
    statement.kind === 'expression' ? exportsOf(statement.expr) : [],
  );
}

function exportsOf(expr: Expr): ExportFact[] {
  if (expr.kind !== 'assign' || expr.target.kind !== 'member') return [];
  const { target, value } = expr;
  // exports.a = exports.b = value
  const inner = exportsOf(value);
  const actual = value.kind === 'assign' ? value.value : value;
  if (isGlobal(target.object, 'module') && target.property === 'exports') {
    return [...inner, { kind: 'value', name: 'export=', value: actual }];
  }
  const isExports =
    isGlobal(target.object, 'exports') ||
    (target.object.kind === 'member' &&
      target.object.property === 'exports' &&
      isGlobal(target.object.object, 'module'));
  return isExports ? [...inner, { kind: 'value', name: target.property, value: actual }] : inner;
}

function isGlobal(expr: Expr, name: string): boolean {
  return expr.kind === 'name' && expr.name === name && expr.binding < 0;
}
