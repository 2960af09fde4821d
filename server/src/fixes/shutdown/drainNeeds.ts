import type { Expr } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import type { Route } from '../../project/serving.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isOverNetwork } from '../../project/shutdown/network.ts';
import { isOverBefore } from '../../project/shutdown/order.ts';
import type { Wiring } from '../handler/http/framework.ts';
import { frameworkOf, wiringOf } from '../handler/http/index.ts';
import { trackedInstances, withTracked } from '../handler/places/instances.ts';
import { drainTimeoutOf } from '../handler/plan.ts';
import type { DrainNeeds } from '../handler/runtime/needs.ts';
import { toolTracking } from '../handler/tools/index.ts';
import type { Insertion } from '../source/insertion.ts';
import { plannedFile } from '../source/plannedFile.ts';
import type { Ending } from './ending.ts';

/** What a wait consists of, and the lines that let it see the calls. */
export interface Counted {
  readonly needs: DrainNeeds;
  readonly insertions: readonly Insertion[];
}

/** What closing needs of the time that a timer of the handler's own leaves, in ms. */
const closingMs = 2_000;

/** The shortest wait that is one, in ms. */
const leastMs = 1_000;

/** By which transports the calls come that are to be waited for. */
export interface Counting {
  readonly isStdio: boolean;
  readonly isHttp: boolean;
}

/** What is to be waited for. */
interface Wanted extends Counting {
  readonly server: McpServer;
  /** Registrations of the handlers that wait. */
  readonly listeners: readonly Expr[];
  /** Waits that leave time for the rest, in ms. */
  readonly limits: readonly number[];
}

/** How the calls are counted that some handlers of a server end; `undefined` where they come in out of sight. */
export function countedFor(project: Project, endings: readonly Ending[]): Counted | undefined {
  const [server, ...others] = new Set(endings.map(({ one }) => one.server));
  if (!server || others.length > 0) return undefined;
  return counted(project, {
    server,
    ...countingFor(endings),
    listeners: endings.map(({ one }) => one.path.listener.call),
    limits: endings.flatMap(leftByTimers),
  });
}

/** By which transports the calls come that some handlers end. */
export function countingFor(endings: readonly Ending[]): Counting {
  return {
    isStdio: endings.some(({ one }) => speaksStdio(one)),
    isHttp: endings.some(({ one }) => isOverNetwork(one.path.listener, one.server)),
  };
}

/** The same where no handler is there yet: of a server's stdio transport. */
export function countedOverStdio(project: Project, server: McpServer): Counted | undefined {
  return counted(project, { server, isStdio: true, isHttp: false, listeners: [], limits: [] });
}

/** The answers that HTTP owes, and over stdio the tools. */
function counted(
  project: Project,
  { server, isStdio, isHttp, listeners, limits }: Wanted,
): Counted | undefined {
  const drainTimeoutMs = Math.min(drainTimeoutOf(project, server), ...limits);
  if (drainTimeoutMs < leastMs) return undefined;
  const http = isHttp ? wiringForWait(project, server) : undefined;
  const isAlone = (placesOf: PlacesOf) => !isSharedWith(project, server, listeners, placesOf);
  if (isHttp && (!http || !isAlone(takesCalls))) return undefined;
  const seen = http?.insertions ?? [];
  if (!isStdio && !http?.answersByStream)
    return { needs: { tools: undefined, http, isStdio, drainTimeoutMs }, insertions: seen };
  const tools = toolTracking(project, server, 'counted');
  const tracked = trackedInstances(project, server);
  if (!tools || !tracked || !isAlone(({ instances }) => instances)) return undefined;
  return {
    needs: { tools: withTracked(tools, tracked, server), http, isStdio, drainTimeoutMs },
    insertions: [...tracked, ...seen],
  };
}

/** What timers leave that force the exit and are armed before the wait, in ms; nothing for one of an unknown time. */
function leftByTimers({ one: { path }, step }: Ending): number[] {
  const ends = [...(step ? [step] : []), ...path.view.cleanups.map((action) => action.step)];
  return path.view.deadlines
    .filter(({ timer }) => ends.every((end) => !isOverBefore(end, timer)))
    .map(({ timer }) => (timer.delayMs ?? 0) - closingMs);
}

function speaksStdio({ server, path: { listener } }: AssessedPath): boolean {
  const { startup } = server.shutdown;
  return server.starts.some((start) => start.transport === 'stdio' && !startup.areExclusive(listener, start));
}

type PlacesOf = (server: McpServer) => readonly { readonly call: Expr }[];

/** Whether another server runs the handlers too, and has some other places by which its calls come in. */
function isSharedWith(
  { servers }: Project,
  server: McpServer,
  listeners: readonly Expr[],
  placesOf: PlacesOf,
): boolean {
  const own = new Set(placesOf(server).map(({ call }) => call));
  return servers.some(
    (other) =>
      other !== server &&
      other.listeners.some(({ call }) => listeners.includes(call)) &&
      placesOf(other).some(({ call }) => !own.has(call)),
  );
}

function takesCalls({ routes }: McpServer): readonly Route[] {
  return routes.filter(({ handsTo }) => handsTo !== undefined);
}

/** Streams are the handler's to end, as before: only answers are counted, unless they are sent on streams. */
function wiringForWait(project: Project, server: McpServer): Wiring | undefined {
  const keeps = server.transports.has('sse') ? 'streams' : 'answers';
  const wiring = wiringOf(project, server, { stops: 'stoppedAt > 0', runs: 'stoppedAt === 0', keeps });
  // NestJS calls hooks: those are the full handler's.
  if (!wiring || wiring.rootModule) return undefined;
  const begun = wiring.closesListener ? beforeListening(project, server) : [];
  if (!begun) return undefined;
  const insertions = [...wiring.insertions, ...begun];
  return { ...wiring, insertions, hasStreams: keeps === 'streams' && wiring.hasStreams };
}

/** fastmcp makes its listener itself, and is looked at from where it starts; `undefined` where that has no room. */
function beforeListening(project: Project, { starts }: McpServer): readonly Insertion[] | undefined {
  const places = starts
    .filter(({ kind }) => kind === 'listen')
    .map((start) => {
      const into = plannedFile(project, start.path);
      return into && frameworkOf(start.framework)?.listen(start, into);
    });
  return places.includes(undefined) ? undefined : places.flatMap((place) => place?.insertions ?? []);
}
