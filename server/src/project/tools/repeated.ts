import type { CallExpr } from '../program.ts';
import type { McpServer } from '../server.ts';
import type { SignalListener } from '../signals.ts';
import type { CallRef } from '../syncPath.ts';
import { type FunctionRef, functionKey, isGlobal, type Value } from '../value.ts';
import { guardedCalls } from './onceGuards.ts';
import { type RequestHandler, requestHandlers } from './requests.ts';
import { callsByShape } from './shapeBranches.ts';

/** Signal listeners that one function adds each time that a client's request makes it run. */
export interface RepeatedListeners {
  /** In the order of the text; at least one. */
  readonly listeners: readonly SignalListener[];
  readonly by: RequestHandler;
  /** The calls from the request handler's own body to the function that adds them; empty where it is the handler itself. */
  readonly way: readonly CallRef[];
}

/**
 * The registrations that certain calls reach from a request. Silent where something remembered may keep it to one, and
 * where the listener is taken off again.
 */
export function repeatedListeners(server: McpServer): RepeatedListeners[] {
  const listeners = server.listeners.filter(
    (listener) => listener.isCertain && !isGuarded(listener, server) && !isTakenOff(listener, server),
  );
  if (listeners.length === 0) return [];
  const handlers = requestHandlers(server);
  const byStart = new Map(handlers.map((handler) => [functionKey(handler.ref), handler]));
  const starts = handlers.map(({ ref }) => ref);
  const isFree = (call: CallExpr, { path, fn }: FunctionRef) => !isGuarded({ path, fn, call }, server);
  const reached = server.calls.reach(starts, isFree);
  const byAll = server.calls.reach(
    starts,
    (call, from) => isFree(call, from) && !isByShape(call, from, server),
  );
  const found = new Map<string, RepeatedListeners>();
  for (const listener of listeners) {
    const key = functionKey(listener);
    const { start, way } = byAll.get(key) ?? reached.get(key) ?? {};
    const first = start && byStart.get(functionKey(start));
    if (!first || !way) continue;
    // Of handlers that share a function with branches for each of them, which one gets here is not known.
    const by = byAll.has(key) ? first : { ...first, run: first.kind === 'tool' ? 'tool call' : 'request' };
    found.set(key, { listeners: [...(found.get(key)?.listeners ?? []), listener], by, way });
  }
  return [...found.values()];
}

function isGuarded(
  { path, fn, call }: Pick<SignalListener, 'path' | 'fn' | 'call'>,
  { calls }: McpServer,
): boolean {
  const facts = calls.program.facts(path);
  return facts !== undefined && guardedCalls(facts, fn).has(call);
}

function isByShape(call: CallExpr, { path, fn }: FunctionRef, { calls }: McpServer): boolean {
  const fact = calls.program.functionAt(path, fn);
  return fact !== undefined && callsByShape(fact).has(call);
}

const removers = ['off', 'removeListener', 'removeAllListeners'];

/** Whether live code takes a listener for one of the signals off the process again. */
function isTakenOff({ signals }: SignalListener, { calls, execution }: McpServer): boolean {
  return removers.some((name) =>
    calls.program.callsNamed(name).some(({ path, fn, call }) => {
      const [signal] = call.args;
      if (!execution.live.get(path)?.has(fn)) return false;
      if (!calls.values.of(call.callee, path, fn).some((value) => isRemover(value, name))) return false;
      if (!signal) return true;
      const { strings, isComplete } = calls.values.strings(signal, path, fn);
      return !isComplete || strings.some((text) => signals.includes(text));
    }),
  );
}

function isRemover(value: Value, name: string): boolean {
  return isGlobal(value, `process.${name}`);
}
