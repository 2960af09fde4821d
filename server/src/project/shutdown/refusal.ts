import { writtenName } from '../../languages/source/names.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { McpServer } from '../server.ts';
import { isPassedBefore, type Route } from '../serving.ts';
import { type FunctionRef, functionKey, functionsOf, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import { beginsBefore } from './order.ts';
import { looksAtAny, stateKey, statesOf } from './states.ts';
import type { PathView } from './view.ts';

/** The flags that a path sets before it waits for the calls, by which other code can tell that the server stops. */
export function flagsOf(view: PathView, { shutdown }: McpServer): ReadonlySet<string> {
  const { mainDrain } = view;
  const keys = view.trace.steps.flatMap((step) => {
    // A list that is emptied says nothing of whether the server stops.
    const isFlag = step.kind === 'set' && !(step.value.kind === 'array' && step.value.elements.length === 0);
    if (!isFlag || (mainDrain && beginsBefore(mainDrain.step, step))) return [];
    const { path, fn } = step.spot;
    // Of `state.stopping` the property, not the object that holds others, too.
    const own = stateKey(step.target, path, fn, shutdown.values);
    if (own !== undefined) return [own];
    return statesOf({ path, fn, expr: step.target }, shutdown.values).map(({ key }) => key);
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
  // A handler of the same path that was registered before may answer, or pass requests on.
  const middleware = routes.filter(
    (other) =>
      other !== route &&
      (other.method === 'use' || (other.pattern === route.pattern && isPassedBefore(other, route))),
  );
  const around = route.branch ? [{ path: route.path, fn: route.fn }] : [];
  const hooks = values.program.callsNamed('addHook').flatMap(({ path, fn, call }) => {
    if (!execution.live.get(path)?.has(fn)) return [];
    return call.args.flatMap((argument) => functionsOf(values.of(argument, path, fn)));
  });
  return [...middleware.flatMap(({ handlers }) => handlers), ...hooks, ...around, ...route.handlers];
}

/**
 * Whether anything but the shutdown itself looks at one of the flags: then it may well be what refuses requests of a
 * route. Middleware that is registered behind the route never sees them.
 */
export function isAnyHeeded(
  view: PathView,
  flags: ReadonlySet<string>,
  route: Route,
  server: McpServer,
): boolean {
  const { shutdown, execution } = server;
  const { values } = shutdown;
  // What another signal runs is shutdown as well: `() => (stopping ??= shutDown())`.
  const paths = ['SIGTERM', 'SIGINT'].flatMap((signal) => shutdown.on(signal));
  const own = new Set(
    [
      ...paths.map(({ handler }) => handler),
      ...view.trace.steps.map(({ spot }) => spot),
      ...onlyBehind(route, server),
    ].map(functionKey),
  );
  const names = new Set([...flags].map((key) => nameOf(key, values)));
  return [...execution.live].some(([path, functions]) =>
    [...functions].some(
      (fn) =>
        !own.has(functionKey({ path, fn })) &&
        mentions({ path, fn }, names, values) &&
        looksAtAny({ path, fn }, flags, values),
    ),
  );
}

/** The name of the variable or property that a flag's key stands for. */
function nameOf(key: string, { program }: Values): string {
  const [, path = '', binding] = /^(.*)#(\d+)$/.exec(key) ?? [];
  return binding === undefined
    ? key.slice(key.lastIndexOf('.') + 1)
    : (program.facts(path)?.bindings[Number(binding)]?.name ?? '');
}

/** A quick look before the states that a function depends on are asked for. */
function mentions({ path, fn }: FunctionRef, names: ReadonlySet<string>, { program }: Values): boolean {
  let found = false;
  walkStatements(program.functionAt(path, fn)?.statements ?? [], (expr) => {
    found ||= names.has(writtenName(expr));
  });
  return found;
}

/** What middleware behind a route runs and none before it: one guard may stand in front of several routes. */
function onlyBehind(route: Route, server: McpServer): readonly FunctionRef[] {
  const late = behind(route, server);
  const early = server.routes.filter((other) => other.method === 'use' && !late.includes(other));
  const before = new Set(early.flatMap(({ handlers }) => handlers.map(functionKey)));
  return late.flatMap(({ handlers }) => handlers).filter((ref) => !before.has(functionKey(ref)));
}

/** Middleware that is registered when requests of a route, or of the router that it is part of, have been answered. */
export function behind(route: Route, { routes, shutdown: { values } }: McpServer): readonly Route[] {
  const { callee } = route.call;
  const router = callee.kind === 'member' ? values.of(callee.object, route.path, route.fn) : [];
  const isRouter = (value: Value) =>
    value.kind === 'foreign' &&
    value.made !== undefined &&
    router.some((one) => one.kind === 'foreign' && one.made?.expr === value.made?.expr);
  const uses = routes.filter(({ method }) => method === 'use');
  const mounts = uses.filter(({ call, path, fn }) =>
    call.args.some((argument) => values.of(argument, path, fn).some(isRouter)),
  );
  return uses.filter((use) => [route, ...mounts].some((one) => use !== one && isPassedBefore(one, use)));
}

/** Whether the listener is closed before the calls are waited for: then nobody new can ask for anything. */
export function closesListenerFirst(view: PathView): boolean {
  const { mainDrain: drain } = view;
  return drain !== undefined && view.closesListener.some(({ step }) => beginsBefore(step, drain.step));
}
