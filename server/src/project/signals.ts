import type { Range } from '../text/range.ts';
import { isOrderly } from './orderly.ts';
import type { CallExpr, Program } from './program.ts';
import { isExit, type SyncPath, syncPath } from './syncPath.ts';
import { type FunctionRef, functionsOf, isGlobal, type Values } from './values.ts';

/** One registration of a listener for process signals. */
export interface SignalListener {
  readonly path: string;
  /** The function that registers it. */
  readonly fn: number;
  readonly call: CallExpr;
  /** The call up to and including the signal's name: what a finding underlines. */
  readonly range: Range;
  /** The signals it may be registered for. */
  readonly signals: readonly string[];
  /** False where a signal's name, or what it is registered on, could not be followed. */
  readonly isCertain: boolean;
  /** What runs; empty where that could not be followed. */
  readonly handlers: readonly FunctionRef[];
  /** What each of the functions it may run does first; empty where none could be followed. */
  readonly firstSteps: readonly SyncPath[];
  /** Every function it may run is known, awaits what it starts and then exits. */
  readonly isOrderly: boolean;
}

const methods = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** The signal listeners that one function registers. */
export function signalListenersIn(
  path: string,
  fn: number,
  program: Program,
  values: Values,
): SignalListener[] {
  return program.callsIn(path, fn).flatMap((call) => {
    const found = signalCall(call, path, fn, values);
    return found ? [found] : [];
  });
}

function signalCall(call: CallExpr, path: string, fn: number, values: Values): SignalListener | undefined {
  const { callee, args } = call;
  const [signal, handler] = args;
  if (callee.kind !== 'member' || !signal || !handler) return undefined;
  const isDeno = callee.property === 'addSignalListener';
  if (!isDeno && !methods.has(callee.property)) return undefined;
  const receivers = values.of(callee.object, path, fn);
  const onProcess = receivers.some((value) => isGlobal(value, isDeno ? 'Deno' : 'process'));
  const maybe =
    !onProcess && receivers.every(({ kind }) => kind === 'unknown') && mayBeProcess(callee.object);
  if (!onProcess && !maybe) return undefined;
  const { strings, isComplete } = values.strings(signal, path, fn);
  const signals = strings.filter((name) => /^SIG[A-Z0-9]+$/.test(name));
  if (signals.length === 0 && isComplete) return undefined;
  const handlers = values.of(handler, path, fn);
  return {
    path,
    fn,
    call,
    range: { start: call.start, end: signal.end },
    signals,
    isCertain: onProcess && isComplete,
    handlers: functionsOf(handlers),
    firstSteps: handlers.every((value) => value.kind === 'function' || isExit(value))
      ? handlers.map((value) =>
          // a value that is no function is the exit itself: process.on('SIGTERM', process.exit)
          value.kind === 'function'
            ? syncPath(value, values)
            : { kind: 'exits', at: { path, call }, isDelayed: false },
        )
      : [],
    isOrderly: handlers.every((value) => value.kind === 'function' && isOrderly(value, values)),
  };
}

/** An injected process: `proc.on(...)`, `deps.process.on(...)`. */
function mayBeProcess(object: CallExpr['callee']): boolean {
  const name = object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '';
  if (object.kind === 'member' && object.object.kind === 'this') return false;
  return name === 'process' || name === 'proc';
}
