import type { Expr } from '../../languages/source/facts.ts';
import type { ServerStart } from '../transports.ts';
import type { Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { Route } from './route.ts';

/**
 * Of several ports those on which no MCP is served: a log-in, metrics, an admin page. None where it is not known of
 * every application that is listened with, or that takes MCP requests, which one it is.
 */
export function sidePortsAmong(
  listens: readonly ServerStart[],
  routes: readonly Route[],
  values: Values,
): readonly ServerStart[] {
  if (listens.length < 2) return [];
  const applications = listens.map(({ path, fn, call }) => applicationsOf(call, path, fn, values));
  const taking = new Set(
    routes.filter(({ handsTo }) => handsTo).map((route) => applicationOfRoute(route, values)),
  );
  const listening = new Set<Expr | undefined>(applications.flatMap((all) => [...(all ?? [])]));
  if (
    taking.size === 0 ||
    !applications.every((all) => all) ||
    ![...taking].every((one) => listening.has(one))
  )
    return [];
  // Applications in which those are mounted that take MCP requests take them, too.
  for (const one of mounting(taking, routes, values)) taking.add(one);
  return listens.filter((_, index) => [...(applications[index] ?? [])].every((one) => !taking.has(one)));
}

/** The applications that a listener hands its requests to, by the expressions that make them. */
function applicationsOf(
  { callee, args }: ServerStart['call'],
  path: string,
  fn: number,
  values: Values,
): ReadonlySet<Expr> | undefined {
  // `serve({ fetch: app.fetch, port })` of node-server, else `app.listen(port)`.
  const [options] = args;
  const served =
    callee.kind === 'member'
      ? callee.object
      : options?.kind === 'object'
        ? options.properties.find(({ key }) => key === 'fetch')?.value
        : undefined;
  const listening = served && madeBy(values.of(served, path, fn));
  if (!listening) return undefined;
  const { expr, path: file, fn: within } = listening;
  // `createServer(app)`: what it is given, too. A listener that is a function has no application.
  const given = expr.kind === 'call' ? expr.args.map((arg) => madeBy(values.of(arg, file, within))) : [];
  return new Set([expr, ...given.flatMap((each) => (each ? [each.expr] : []))]);
}

/** What a route is registered with; a listener that `createServer` is given belongs to what that makes. */
function applicationOfRoute({ path, fn, call }: Route, values: Values): Expr | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.property === 'createServer') return call;
  return madeBy(values.of(callee.object, path, fn))?.expr;
}

/** Applications in which some are mounted: `app.use('/api', other)`. */
function mounting(
  some: ReadonlySet<Expr | undefined>,
  routes: readonly Route[],
  values: Values,
): (Expr | undefined)[] {
  const mounts = ({ method, path, fn, call: { args } }: Route) =>
    method === 'use' &&
    args.some((arg) => {
      const made = madeBy(values.of(arg, path, fn));
      return made !== undefined && some.has(made.expr);
    });
  return routes.filter(mounts).map((route) => applicationOfRoute(route, values));
}

/** Where a thing of a package is made, if there is only one such place. */
function madeBy(all: readonly Value[]): Extract<Value, { kind: 'foreign' }>['made'] {
  const [value, ...others] = all;
  return others.length === 0 && value?.kind === 'foreign' ? value.made : undefined;
}
