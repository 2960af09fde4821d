import type { Expr, Statement } from '../languages/source/facts.ts';
import { writtenName } from '../languages/source/names.ts';
import { childrenOf, isBlock, partsOf } from '../languages/source/walk.ts';
import { isExit } from './syncPath.ts';
import { type FunctionRef, functionsOf } from './value.ts';
import type { Values } from './values.ts';

/** Names of calls that release something and usually take time. */
const cleanups = /^(close|closeAll\w*|stop|end|shutdown|disconnect|destroy|quit|dispose|flush|terminate)$/i;

const maxDepth = 8;

/**
 * Whether a shutdown handler is sound as far as its own text goes: it awaits something, starts no clean-up that it
 * does not await, and ends the process. Whether it drains is another question.
 */
export function isOrderly(ref: FunctionRef, values: Values): boolean {
  const seen = new Set<string>();
  const found = { awaits: false, exits: false, leavesOpen: false };

  const visitFunction = ({ path, fn }: FunctionRef, isCallAwaited: boolean, depth: number): void => {
    const key = `${path}#${fn}#${isCallAwaited}`;
    if (seen.has(key) || depth > maxDepth) return;
    seen.add(key);
    const statements = values.program.functionAt(path, fn)?.statements ?? [];
    const visit = (statement: Statement): void => {
      // What is returned is awaited by whoever awaits the call.
      const isAwaited = isCallAwaited && statement.kind === 'return';
      for (const part of partsOf(statement)) {
        if (isBlock(part)) part.forEach(visit);
        else visitExpression(part, isAwaited);
      }
    };
    const visitExpression = (expr: Expr, isAwaited: boolean): void => {
      if (expr.kind === 'await') found.awaits = true;
      if (expr.kind === 'call') {
        const callees = values.of(expr.callee, path, fn);
        const own = functionsOf(callees);
        if (callees.some(isExit)) found.exits = true;
        else if (own.length > 0) for (const inner of own) visitFunction(inner, isAwaited, depth + 1);
        else if (!isAwaited && cleanups.test(writtenName(expr.callee))) found.leavesOpen = true;
      }
      const passesOn = expr.kind === 'await' || (isAwaited && expr.kind !== 'call');
      for (const inner of childrenOf(expr)) visitExpression(inner, passesOn || isGathered(expr, isAwaited));
    };
    statements.forEach(visit);
  };

  visitFunction(ref, false, 0);
  return found.awaits && found.exits && !found.leavesOpen;
}

/** What is inside `await Promise.all([...])` is awaited with it. */
function isGathered(expr: Expr, isAwaited: boolean): boolean {
  return isAwaited && expr.kind === 'call' && /^(all|allSettled|race|any)$/.test(writtenName(expr.callee));
}
