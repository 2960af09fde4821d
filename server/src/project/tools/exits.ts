import { perServer } from '../perServer.ts';
import type { CallExpr } from '../program.ts';
import type { McpServer } from '../server.ts';
import { type CallRef, isExit } from '../syncPath.ts';
import { functionKey } from '../value.ts';
import { guardedCalls } from './onceGuards.ts';
import { type RequestHandler, requestHandlers } from './requests.ts';

/** A call that ends the process, and the request that makes it run. */
export interface ExitInCall {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  readonly by: RequestHandler;
  /** The calls from the handler's own body to the function of the exit; empty where it is the handler itself. */
  readonly way: readonly CallRef[];
}

/** Tools and routes that are there to end the server. */
const meansToEnd = /(^|[\s/_-])(shut[_-]?down|restart|reload|quit|exit|terminate)([/_-]|$)/i;

/** `if (!config) config = load()`, where the start has already loaded it. */
function isDoneByStart({ path, call }: CallRef, { calls, shutdown }: McpServer): boolean {
  const facts = calls.program.facts(path);
  const fn = facts?.functions.find(({ id }) => guardedCalls(facts, id).has(call))?.id;
  return fn !== undefined && shutdown.startup.includes({ path, fn, call });
}

/**
 * The exits of a server that certain calls reach from what clients make it run. What a signal runs too is left out, and
 * what by its name is there to end the server.
 */
export const exitsInCalls = perServer((server): readonly ExitInCall[] => {
  const handlers = requestHandlers(server).filter(({ what }) => !meansToEnd.test(what));
  const byStart = new Map(handlers.map((handler) => [functionKey(handler.ref), handler]));
  const { calls } = server;
  const reached = calls.reach(handlers.map(({ ref }) => ref));
  const onSignals = calls.reach(server.listeners.flatMap((listener) => listener.handlers));
  return [...reached].flatMap(([key, { ref, start, way }]): ExitInCall[] => {
    const by = byStart.get(functionKey(start));
    if (!by || onSignals.has(key) || way.some((call) => isDoneByStart(call, server))) return [];
    return calls.program
      .callsIn(ref.path, ref.fn)
      .filter((call) => calls.callees(call.callee, ref.path, ref.fn).every(isExit))
      .map((call) => ({ ...ref, call, by, way }));
  });
});
