import type { CertainCalls } from '../certainCalls.ts';
import type { FunctionRef } from '../value.ts';
import { cancellableOf } from './cancellableCalls.ts';
import type { Cancellable } from './cancellableTable.ts';
import type { CallStep } from './cancellation.ts';
import { waitedOnWay } from './givenShape.ts';

/**
 * A call of an own function that takes a signal for something long, and gets none; else `undefined`.
 * @param way the calls from the tool to it, itself the last
 * @param depth how many calls further that may be
 */
export function ownCancellable(
  way: readonly [...CallStep[], CallStep],
  calls: CertainCalls,
  depth: number,
): Cancellable | undefined {
  const { call, to, how } = way[way.length - 1] as CallStep;
  const signal = how === 'call' ? signalParameter(to, calls) : -1;
  const isLeftOut = call.args.length <= signal && call.args.every(({ kind }) => kind !== 'spread');
  if (signal < 0 || !isLeftOut || !isLong(way, calls, depth)) return undefined;
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

function isLong(way: readonly CallStep[], calls: CertainCalls, depth: number): boolean {
  const to = way.at(-1)?.to;
  const fact = to && calls.program.functionAt(to.path, to.fn);
  if (!fact) return false;
  const waited = waitedOnWay(fact, way, calls.program);
  const isWork = calls.program.callsIn(to.path, to.fn).some((call) => {
    if (!waited.has(call)) return false;
    const row = cancellableOf(calls.callees(call.callee, to.path, to.fn), calls.values);
    return row !== undefined && !row.isQuick && row.what !== 'the timer';
  });
  if (isWork || depth === 0) return isWork;
  return calls.from(to).some(({ call, how, ...edge }) => {
    const isOn = how === 'call' && waited.has(call) && signalParameter(edge.to, calls) >= 0;
    return isOn && isLong([...way, { call, how, ...edge, from: to }], calls, depth - 1);
  });
}
