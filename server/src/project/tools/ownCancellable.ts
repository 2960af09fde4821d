import type { CertainCall, CertainCalls } from '../certainCalls.ts';
import type { FunctionRef } from '../value.ts';
import { cancellableOf } from './cancellableCalls.ts';
import type { Cancellable } from './cancellableTable.ts';
import { waitedCalls } from './waitedCalls.ts';

/**
 * A call of an own function that takes a signal for something long, and gets none; else `undefined`.
 * @param depth how many calls further that may be
 */
export function ownCancellable(
  { call, to, how }: CertainCall,
  calls: CertainCalls,
  depth: number,
): Cancellable | undefined {
  const signal = how === 'call' ? signalParameter(to, calls) : -1;
  const isLeftOut = call.args.length <= signal && call.args.every(({ kind }) => kind !== 'spread');
  if (signal < 0 || !isLeftOut || !isLong(to, calls, depth)) return undefined;
  const name = calls.program.functionAt(to.path, to.fn)?.name;
  return { module: /^$/, member: /^$/, what: `${name}()`, signal, isArgument: true };
}

/** The index of the parameter that is a signal by its name, or -1. */
function signalParameter({ path, fn }: FunctionRef, { program }: CertainCalls): number {
  const bindings = program.facts(path)?.bindings;
  return (program.functionAt(path, fn)?.parameters ?? []).findIndex(({ bindings: [own], parts, isRest }) => {
    const isPlain = parts.length === 1 && parts[0]?.length === 0 && !isRest;
    return isPlain && /^(abort)?signal$/i.test(bindings?.[own ?? -1]?.name ?? '');
  });
}

function isLong({ path, fn }: FunctionRef, calls: CertainCalls, depth: number): boolean {
  const fact = calls.program.functionAt(path, fn);
  const waited = fact && waitedCalls(fact);
  const isWork = calls.program.callsIn(path, fn).some((call) => {
    if (!waited?.has(call)) return false;
    const row = cancellableOf(calls.callees(call.callee, path, fn), calls.values);
    return row !== undefined && !row.isQuick && row.what !== 'the timer';
  });
  if (isWork || depth === 0) return isWork;
  return calls
    .from({ path, fn })
    .some(({ to, how }) => how === 'call' && signalParameter(to, calls) >= 0 && isLong(to, calls, depth - 1));
}
