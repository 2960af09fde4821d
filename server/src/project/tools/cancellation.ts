import type { Expr } from '../../languages/source/facts.ts';
import type { CertainCall, CertainCalls } from '../certainCalls.ts';
import { perServer } from '../perServer.ts';
import type { CallExpr, Program } from '../program.ts';
import type { McpServer } from '../server.ts';
import type { ToolHandler } from '../tools.ts';
import { type FunctionRef, functionKey } from '../value.ts';
import type { Values } from '../values.ts';
import { cancellableOf, passesNoSignal } from './cancellableCalls.ts';
import type { Cancellable } from './cancellableTable.ts';
import { waitedOnWay } from './givenShape.ts';
import { ownCancellable } from './ownCancellable.ts';
import { mayUseSignal, speaksOfSignals } from './signalUse.ts';
import { waitedCalls } from './waitedCalls.ts';

/** A call that a tool waits for and that its client's cancellation does not reach. */
export interface UncancelledCall extends FunctionRef {
  readonly call: CallExpr;
  readonly cancellable: Cancellable;
  /** It may take long; the rest is told of beside it. */
  readonly isWork: boolean;
  /** How the handler gets to it. */
  readonly way: readonly CallStep[];
}

/** A call on the way from a handler to what it waits for. */
export interface CallStep extends CertainCall {
  /** The function whose body holds the call. */
  readonly from: FunctionRef;
}

/** A tool that works on when its client has cancelled the call. */
export interface UncancelledTool {
  readonly tool: ToolHandler;
  /** Those that may take long first, then in the order in which they are reached; at least one. */
  readonly calls: readonly UncancelledCall[];
}

/** How many calls away from the tool's own function: further off it is a detail of a library of its own. */
const maxDepth = 3;

/** The tools of a server that certainly use no signal and wait for something that one could end. */
export const uncancelledTools = perServer(({ tools, calls }): readonly UncancelledTool[] =>
  tools.flatMap((tool): UncancelledTool[] => {
    const { cancellation } = tool;
    if (!cancellation) return [];
    const own = [tool, ...tool.wrappers];
    if (own.some((ref) => mayUseSignal(ref, cancellation.parameter, calls.program))) return [];
    const found = waitedFor(tool, calls, speaksOfSignals);
    const work = found.filter(({ isWork }) => isWork);
    return work.length > 0 ? [{ tool, calls: [...work, ...found.filter(({ isWork }) => !isWork)] }] : [];
  }),
);

/** All that a tool waits for without a signal, in the order in which it is reached, whatever else it does with signals. */
export function callsWithoutSignal(tool: ToolHandler, { calls }: McpServer): UncancelledCall[] {
  return waitedFor(tool, calls, () => false);
}

interface Visited extends FunctionRef {
  /** It is what `new Promise` runs: what it starts is waited for by the promise. */
  readonly isExecutor: boolean;
  readonly depth: number;
  readonly way: readonly CallStep[];
}

/** @param isUnclear says of a function that which of its calls can be cancelled is not told apart */
function waitedFor(
  { path, fn }: ToolHandler,
  calls: CertainCalls,
  isUnclear: (ref: FunctionRef, program: Program) => boolean,
): UncancelledCall[] {
  const start: Visited = { path, fn, isExecutor: false, depth: 0, way: [] };
  const visited = new Map<string, Visited>([[functionKey(start), start]]);
  const found: UncancelledCall[] = [];
  for (const ref of visited.values()) {
    const fact = calls.program.functionAt(ref.path, ref.fn);
    if (!fact) continue;
    const waited = ref.depth === 0 ? waitedCalls(fact) : waitedOnWay(fact, ref.way, calls.program);
    if (!isUnclear(ref, calls.program)) found.push(...uncancelledIn(ref, waited, calls));
    if (ref.isExecutor || ref.depth === maxDepth) continue;
    for (const edge of calls.from(ref)) {
      if (!waited.has(edge.call) || edge.how === 'timer') continue;
      const way = [...ref.way, { ...edge, from: ref }] as const;
      const cancellable = ownCancellable(way, calls, maxDepth - ref.depth - 1);
      if (cancellable && !isUnclear(ref, calls.program)) {
        const { path, fn } = ref;
        found.push({ path, fn, call: edge.call, cancellable, isWork: true, way: ref.way });
      }
      if (visited.has(functionKey(edge.to))) continue;
      // What is written where it is called is no step further.
      const depth = ref.depth + (edge.how === 'callback' ? 0 : 1);
      visited.set(functionKey(edge.to), { ...edge.to, isExecutor: isExecutor(edge), depth, way });
    }
  }
  return found;
}

function isExecutor({ call, how }: CertainCall): boolean {
  return how === 'callback' && call.isNew;
}

function uncancelledIn(ref: Visited, waited: ReadonlySet<CallExpr>, calls: CertainCalls): UncancelledCall[] {
  const { path, fn, isExecutor: isInPromise, way } = ref;
  const { program, values } = calls;
  return program.callsIn(path, fn).flatMap((call): UncancelledCall[] => {
    if (!isInPromise && !waited.has(call)) return [];
    const cancellable = cancellableOf(calls.callees(call.callee, path, fn), values);
    if (!cancellable || (cancellable.isCallback === true) !== isInPromise) return [];
    if (!passesNoSignal(call, cancellable, path, fn, values)) return [];
    const isTimer = cancellable.what === 'the timer';
    if (isTimer && isInPromise && !isSleep(call, ref, program)) return [];
    if (/child process/.test(cancellable.what) && isInPromise && !isWaitedToEnd(ref, program)) return [];
    const isWork = !cancellable.isQuick && (!isTimer || isLong(call, ref, values));
    return [{ path, fn, call, cancellable, isWork, way }];
  });
}

/** `new Promise((resolve) => setTimeout(resolve, ms))`, and not a timer that limits something else. */
function isSleep({ args }: CallExpr, { path, fn }: Visited, program: Program): boolean {
  const resolve = program.functionAt(path, fn)?.parameters[0]?.bindings[0];
  const [callback] = args;
  const isResolve = (expr: Expr) => expr.kind === 'name' && expr.binding === resolve;
  if (program.callsIn(path, fn).length > 1 || !callback) return false;
  if (callback.kind !== 'function') return isResolve(callback);
  const inner = program.callsIn(path, callback.fn);
  return inner.length === 1 && inner.every(({ callee }) => isResolve(callee));
}

/** Whether only the end of a child process resolves the promise: one that goes on after the answer must not be killed. */
function isWaitedToEnd({ path, fn }: Visited, program: Program): boolean {
  const resolve = program.functionAt(path, fn)?.parameters[0]?.bindings[0];
  const isResolve = (expr: Expr) => expr.kind === 'name' && expr.binding === resolve;
  const atEnd = program.callsIn(path, fn).flatMap(({ callee, args: [event, listener] }) => {
    const isEnd = event?.kind === 'literal' && (event.value === 'close' || event.value === 'exit');
    return isEnd && callee.kind === 'member' && listener ? [listener] : [];
  });
  const settling = (program.facts(path)?.functions ?? []).filter(({ id }) =>
    program.callsIn(path, id).some(({ callee }) => isResolve(callee)),
  );
  const isAtEnd = (id: number) =>
    atEnd.some((listener) => listener.kind === 'function' && listener.fn === id);
  // `child.on('close', resolve)`; handed to anything else it may be called before.
  const handed = program.callsIn(path, fn).flatMap(({ args }) => args.filter(isResolve));
  const settles = settling.length + handed.length > 0;
  return (
    settles && settling.every(({ id }) => isAtEnd(id)) && handed.every((listener) => atEnd.includes(listener))
  );
}

/** A timer is work where the tool itself sets it, or where it runs for a second and more; else it is a retry's pause. */
function isLong({ args }: CallExpr, { path, fn, depth }: Visited, values: Values): boolean {
  const delay = args.find(({ kind }) => kind !== 'function' && kind !== 'name') ?? args[1];
  const known = delay ? values.of(delay, path, fn) : [];
  const times = known.flatMap((value) => (value.kind === 'literal' ? [Number(value.value)] : []));
  if (times.length < known.length) return depth === 0;
  return times.some((time) => time >= 1000);
}
