import type { Expr } from '../languages/source/facts.ts';
import { writtenName } from '../languages/source/names.ts';
import type { Range } from '../text/range.ts';
import { isOrderly } from './orderly.ts';
import type { CallExpr, Program } from './program.ts';
import { isExit, type SyncPath, syncPath } from './syncPath.ts';
import { type FunctionRef, functionsOf, isGlobal, type Value } from './value.ts';
import type { Values } from './values.ts';

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

/** `process.on`, also behind another registration (`process.on(...).on`), and Deno's own. */
const registering = new RegExp(
  `^(globalThis\\.)?(process(\\.(${[...methods].join('|')})\\(\\))*\\.(${[...methods].join('|')})|Deno\\.addSignalListener)$`,
);

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
  const found = registrationOn(call, path, fn, values) ?? registrationWith(call, path, fn, values);
  if (!found) return undefined;
  const { strings, isComplete } = values.strings(found.signal, path, fn);
  const signals = strings.filter((name) => /^SIG[A-Z0-9]+$/.test(name));
  if (signals.length === 0 && (isComplete || found.needsName)) return undefined;
  const handlers = found.handler ? values.of(found.handler, path, fn) : [];
  return {
    path,
    fn,
    call,
    range: { start: call.start, end: found.signal.end },
    signals,
    isCertain: found.isProcess && isComplete,
    handlers: functionsOf(handlers),
    firstSteps: handlers.every((value) => value.kind === 'function' || isExit(value))
      ? handlers.map((value) =>
          // a value that is no function is the exit itself: process.on('SIGTERM', process.exit)
          value.kind === 'function'
            ? syncPath(value, values)
            : { kind: 'exits', at: { path, call }, isDelayed: false },
        )
      : [],
    isOrderly:
      handlers.length > 0 && handlers.every((value) => value.kind === 'function' && isOrderly(value, values)),
  };
}

interface Registration {
  readonly signal: Expr;
  /** Missing while it is being typed, and where the caller waits instead (`await once(process, 'SIGTERM')`). */
  readonly handler: Expr | undefined;
  readonly isProcess: boolean;
  /** It only is a registration if a signal is named. */
  readonly needsName: boolean;
}

/** `process.on(signal, handler)`. */
function registrationOn(
  { callee, args }: CallExpr,
  path: string,
  fn: number,
  values: Values,
): Registration | undefined {
  const name = writtenName(callee);
  const [signal, handler] = args;
  if (!signal || !(methods.has(name) || name === 'addSignalListener')) return undefined;
  const isProcess = values.of(callee, path, fn).some(isRegistering);
  const isMaybe =
    !isProcess &&
    callee.kind === 'member' &&
    mayBeProcess(callee.object) &&
    values.of(callee.object, path, fn).every(({ kind }) => kind === 'unknown');
  return isProcess || isMaybe ? { signal, handler, isProcess, needsName: false } : undefined;
}

function isRegistering(value: Value): boolean {
  return value.kind === 'foreign' && value.module === '' && registering.test(value.member);
}

/** `once(process, signal)` of node:events, `fromEvent(process, signal)` of rxjs: the emitter is an argument. */
function registrationWith(
  { callee, args }: CallExpr,
  path: string,
  fn: number,
  values: Values,
): Registration | undefined {
  const [emitter, signal, handler] = args;
  if (!emitter || !signal || !mayBeProcess(emitter)) return undefined;
  if (!values.of(emitter, path, fn).some((value) => isGlobal(value, 'process'))) return undefined;
  const isForeign = values.of(callee, path, fn).every(({ kind }) => kind === 'foreign');
  return isForeign ? { signal, handler, isProcess: true, needsName: true } : undefined;
}

/** By its name the process, perhaps an injected one: `proc`, `deps.process`. */
function mayBeProcess(object: Expr): boolean {
  const name = writtenName(object);
  if (object.kind === 'member' && object.object.kind === 'this') return false;
  return name === 'process' || name === 'proc';
}
