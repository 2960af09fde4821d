import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import { isHarmless } from '../syncPath.ts';
import { isGlobal, type Value } from '../value.ts';

/** What is taken off an emitter does not run. */
export function isRemoval(method: string): boolean {
  return /^(off|removeListener|removeEventListener|removeAllListeners)$/.test(method);
}

/** `waiters.add(resolve)`: what is put into a collection does not run; another part of the program may take it out. */
export function isKeeping(callee: Expr, callees: readonly Value[]): boolean {
  return (
    callee.kind === 'member' &&
    /^(add|set)$/.test(callee.property) &&
    callees.length > 0 &&
    callees.every(
      (value) => value.kind === 'foreign' && value.module === '' && /^(Map|Set)\(\)/.test(value.member),
    )
  );
}

/** Methods of texts, lists and maps: they neither take time nor change what a server is. */
export function isPure(callee: Expr): boolean {
  return (
    callee.kind === 'member' &&
    /^(at|charAt|concat|entries|endsWith|from|get|getTime|has|includes|indexOf|join|keys|lastIndexOf|match|padEnd|padStart|push|repeat|replace|replaceAll|slice|sort|splice|split|startsWith|substring|test|toFixed|toISOString|toLocaleString|toLowerCase|toString|toUpperCase|trim|values)$/.test(
      callee.property,
    )
  );
}

/** What runs its argument later. */
export function isTimer(value: Value): boolean {
  return ['setTimeout', 'setInterval', 'setImmediate', 'process.nextTick', 'queueMicrotask'].some((name) =>
    isGlobal(value, name),
  );
}

/** A timer, or what tests put in its place: `options.setTimer ?? setTimeout`. */
export function areTimers(values: readonly Value[]): boolean {
  return values.some(isTimer) && values.every((value) => isTimer(value) || value.kind === 'unknown');
}

/** `clearInterval`: what the timer kept up may end then. */
export function isTimersEnd(value: Value): boolean {
  return ['clearTimeout', 'clearInterval', 'clearImmediate'].some((name) => isGlobal(value, name));
}

/** `setTimeout` of node:timers/promises, `promisify(setTimeout)`. */
export function isSleep(value: Value): boolean {
  if (value.kind !== 'foreign') return false;
  if (value.module === 'timers/promises') return /^(setTimeout|scheduler\.wait)$/.test(value.member);
  if (value.module !== 'util' || value.member !== 'promisify()' || value.made?.expr.kind !== 'call')
    return false;
  const [what] = value.made.expr.args;
  return what?.kind === 'name' && what.name === 'setTimeout';
}

/** `process.kill(process.pid, signal)`. */
export function isEndOfOwnProcess(value: Value, { args: [target] }: CallExpr): boolean {
  return isGlobal(value, 'process.kill') && target?.kind === 'member' && target.property === 'pid';
}

/** `program.action(async () => ...)` of commander, `yargs.command('serve', ..., async () => ...)`. */
export function isCommand(callee: Expr): boolean {
  return callee.kind === 'member' && /^(action|command)$/.test(callee.property);
}

/** What a package does, and may matter at the end. */
export function isForeignWork(value: Value): boolean {
  return value.kind === 'foreign' && !isHarmless(value);
}
