import type { Expr } from '../../languages/source/facts.ts';
import { perServer } from '../perServer.ts';
import type { CallExpr } from '../program.ts';
import type { HeldResource } from '../resources/held.ts';
import { isReleasedBy, mayBeReleasedBy, releasesAt } from '../resources/releases.ts';
import type { McpServer } from '../server.ts';
import { isHealthRoute } from '../serving.ts';
import type { ServerStart } from '../transports.ts';

/** A stdio transport, and what keeps the process alive when its client has gone. */
export interface KeptOpen {
  readonly start: ServerStart;
  readonly resource: HeldResource;
}

/** What keeps a stdio server up at the end of stdin; `undefined` where something reacts to it, or nothing is held. */
export function keptOpenAtEof(server: McpServer): KeptOpen | undefined {
  const { startup } = server.shutdown;
  const start = server.starts.find(({ transport }) => transport === 'stdio');
  if (!start || start.framework || server.handledBy || heedsEnd(server)) return undefined;
  const listens = [...server.starts.filter(({ kind }) => kind === 'listen'), ...otherPorts(server)];
  if (listens.some((listen) => !startup.areExclusive(listen, start))) return undefined;
  const kept = server.resources.filter(
    (held) =>
      held.keepsAlive &&
      held.lifetime === 'process' &&
      !startup.areExclusive(held, start) &&
      // Connections are often opened by the first call; a timer that only another command starts is not this server's.
      (held.row.step === 'data' ? !isDoneWithBetween(held, server) : startup.includesUntold(held)),
  );
  // What is there in every start is the better proof.
  const resource =
    kept.find((held) => startup.alwaysIncludes(held)) ??
    kept.find(({ row }) => row.step === 'data') ??
    kept[0];
  return resource && { start, resource };
}

/** Ports for more than the server's own health: other clients than the one at stdin may be there. */
function otherPorts({ routes, sidePorts }: McpServer): readonly ServerStart[] {
  const serves = routes.some((route) => {
    return route.method !== 'use' && !isHealthRoute(route) && !/^\/metrics$/.test(route.pattern ?? '');
  });
  return serves ? sidePorts : [];
}

/** A worker has a job, and other code than the shutdown may end it when that is done. */
function isDoneWithBetween(held: HeldResource, { execution, shutdown: { values } }: McpServer): boolean {
  if (held.row.kind !== 'worker') return false;
  const endsIt = (call: CallExpr, path: string, fn: number) =>
    releasesAt(call, path, fn, values).some((release) => isReleasedBy(held, release)) ||
    (path === held.path && mayBeReleasedBy(held, call));
  return [...execution.live].some(([path, functions]) =>
    [...functions].some((fn) => values.program.callsIn(path, fn).some((call) => endsIt(call, path, fn))),
  );
}

/** Of options what they hold: `createInterface({ input: process.stdin })`. */
function partsOf(expr: Expr): readonly Expr[] {
  return expr.kind === 'object' ? expr.properties.map(({ value }) => value) : [expr];
}

/** What is called on stdin, or is given it, by code that learns of its end. */
const endListeners = ['on', 'once', 'addListener', 'prependListener', 'finished', 'createInterface', 'pipe'];

/** Whether anything listens to the end of stdin, or of the transport. */
export const heedsEnd = perServer(({ execution: { live }, shutdown: { values } }: McpServer): boolean => {
  const { program } = values;
  const isStdin = (object: Expr, path: string, fn: number) =>
    values.of(object, path, fn).some((value) => {
      return value.kind === 'foreign' && value.module === '' && value.member.startsWith('process.stdin');
    });
  const listens = endListeners
    .flatMap((method) => program.callsNamed(method))
    .some(({ path, fn, call: { callee, args } }) => {
      if (!live.get(path)?.has(fn)) return false;
      const objects = callee.kind === 'member' ? [callee.object, ...args] : args;
      return objects.flatMap(partsOf).some((object) => isStdin(object, path, fn));
    });
  if (listens) return true;
  return [...live].some(([path, functions]) =>
    [...functions].some((fn) => program.assigns(path, fn, 'onclose')),
  );
});
