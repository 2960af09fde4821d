import type { Expr } from './facts.ts';

/** The name that an expression ends in, as written: `close` of `close` and of `server.close`; `''` for any other. */
export function writtenName(expr: Expr): string {
  if (expr.kind === 'member') return expr.property;
  return expr.kind === 'name' ? expr.name : '';
}
