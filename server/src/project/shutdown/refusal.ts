import type { McpServer } from '../server.ts';
import type { Route } from '../serving.ts';
import type { FunctionRef } from '../value.ts';
import { beginsBefore } from './order.ts';
import { looksAtAny, statesOf } from './states.ts';
import type { PathView } from './view.ts';

/** The flags that a path sets before it waits for the calls, by which other code can tell that the server stops. */
export function flagsOf(view: PathView, { shutdown }: McpServer): ReadonlySet<string> {
  const keys = view.trace.steps.flatMap((step) => {
    if (step.kind !== 'set' || view.drains.some((drain) => beginsBefore(drain.step, step))) return [];
    return statesOf({ ...step.spot, expr: step.target }, shutdown.values).map(({ key }) => key);
  });
  return new Set(keys);
}

/** What requests of a route run: the middleware before it, the functions around it, its own handlers. */
export function runsFor(route: Route, { routes }: McpServer): readonly FunctionRef[] {
  const middleware = routes.filter((other) => other.method === 'use' && other !== route);
  const around = route.branch ? [{ path: route.path, fn: route.fn }] : [];
  return [...middleware.flatMap(({ handlers }) => handlers), ...around, ...route.handlers];
}

/** Whether requests of a route are treated differently once one of the flags is set. */
export function heedsFlags(route: Route, flags: ReadonlySet<string>, server: McpServer): boolean {
  return runsFor(route, server).some((ref) => looksAtAny(ref, flags, server.shutdown.values));
}

/** Whether the listener is closed before the calls are waited for: then nobody new can ask for anything. */
export function closesListenerFirst(view: PathView): boolean {
  const [drain] = view.drains;
  return drain !== undefined && view.closesListener.some(({ step }) => beginsBefore(step, drain.step));
}
