import type { Expr } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { CallExpr } from '../../project/program.ts';
import { insertAt, type TextEdit } from '../../text/edits.ts';
import { inStyle } from '../codeStyle.ts';
import { endWithComment, indentationAt } from '../textStyle.ts';
import type { HandlerCode } from './handlerCode.ts';

/** A link of a chain of promises behind which another one follows. */
export interface Link {
  /** What the chain calls: `app.close()`, or the `.then(() => pool.end())` with the call. */
  readonly expr: Expr;
  /** Where the next link begins, with its dot. */
  readonly next: number;
}

/** The link that a call is, or that runs it: `call().then(...)`, `.then(() => call()).then(...)`. */
export function linkOf({ facts, fn, text }: HandlerCode, call: Expr): Link | undefined {
  const calls: CallExpr[] = [];
  for (const { statements } of facts.functions)
    walkStatements(statements, (expr) => {
      if (expr.kind === 'call') calls.push(expr);
    });
  const following = (expr: Expr): Link | undefined => {
    const after = calls.find(({ callee }) => callee.kind === 'member' && callee.object === expr);
    if (after?.callee.kind !== 'member' || !/^(then|finally)$/.test(after.callee.property)) return undefined;
    const dot = text.lastIndexOf('.', after.callee.propertyStart);
    return dot < expr.end ? undefined : { expr, next: dot };
  };
  const around = calls.find(
    ({ callee, args: [first] }) =>
      callee.kind === 'member' &&
      callee.property === 'then' &&
      first?.kind === 'function' &&
      first.fn === fn.id,
  );
  return following(call) ?? (around && following(around));
}

/** A link behind it that takes its failure. */
export function caught({ text, style }: HandlerCode, { expr, next }: Link, log: string): TextEdit {
  const indent = indentationAt(text, next);
  const code = inStyle(`.catch((error) => ${log.replace(/;$/, '')})`, { ...style, semicolons: true });
  if (indent === undefined) return insertAt(expr.end, code);
  return insertAt(endWithComment(text, expr.end), style.newline + indent + code);
}
