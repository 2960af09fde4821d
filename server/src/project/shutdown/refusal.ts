import type { McpServer } from '../server.ts';
import type { Route } from '../serving.ts';
import { type FunctionRef, functionsOf } from '../value.ts';
import { beginsBefore } from './order.ts';
import { looksAtAny, statesOf } from './states.ts';
import type { PathView } from './view.ts';

/** The flags that a path sets before it waits for the calls, by which other code can tell that the server stops. */
export function flagsOf(view: PathView, { shutdown }: McpServer): ReadonlySet<string> {
  const { mainDrain } = view;
  const keys = view.trace.steps.flatMap((step) => {
    if (step.kind !== 'set' || (mainDrain && beginsBefore(mainDrain.step, step))) return [];
    return statesOf({ ...step.spot, expr: step.target }, shutdown.values).map(({ key }) => key);
  });
  return new Set(keys);
}

/** Whether requests of a route are treated differently once one of the flags is set. */
export function heedsFlags(route: Route, flags: ReadonlySet<string>, server: McpServer): boolean {
  return runsFor(route, server).some((ref) => looksAtAny(ref, flags, server.shutdown.values));
}

/** What requests of a route run: middleware and hooks, the functions around it, its own handlers. */
function runsFor(
  route: Route,
  { routes, execution, shutdown: { values } }: McpServer,
): readonly FunctionRef[] {
  const middleware = routes.filter((other) => other.method === 'use' && other !== route);
  const around = route.branch ? [{ path: route.path, fn: route.fn }] : [];
  const hooks = values.program.callsNamed('addHook').flatMap(({ path, fn, call }) => {
    if (!execution.live.get(path)?.has(fn)) return [];
    return call.args.flatMap((argument) => functionsOf(values.of(argument, path, fn)));
  });
  return [...middleware.flatMap(({ handlers }) => handlers), ...hooks, ...around, ...route.handlers];
}

/** Whether anything but the shutdown itself looks at one of the flags: then it may well be what refuses requests. */
export function isAnyHeeded(view: PathView, flags: ReadonlySet<string>, { shutdown }: McpServer): boolean {
  const { values } = shutdown;
  // What another signal runs is shutdown as well: `() => (stopping ??= shutDown())`.
  const paths = ['SIGTERM', 'SIGINT'].flatMap((signal) => shutdown.on(signal));
  const own = new Set([
    ...paths.map(({ handler }) => `${handler.path}#${handler.fn}`),
    ...view.trace.steps.map(({ spot }) => `${spot.path}#${spot.fn}`),
  ]);
  const files = new Set([...flags].map((key) => key.replace(/[#@].*$/, '')));
  return [...files].some((path) =>
    (values.program.facts(path)?.functions ?? []).some(
      ({ id }) => !own.has(`${path}#${id}`) && looksAtAny({ path, fn: id }, flags, values),
    ),
  );
}

/** Whether the listener is closed before the calls are waited for: then nobody new can ask for anything. */
export function closesListenerFirst(view: PathView): boolean {
  const { mainDrain: drain } = view;
  return drain !== undefined && view.closesListener.some(({ step }) => beginsBefore(step, drain.step));
}
