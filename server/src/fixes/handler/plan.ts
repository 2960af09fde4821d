import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { requestFramework } from './http/index.ts';
import type { Insertion } from './insertion.ts';
import { trackedInstances } from './places/instances.ts';
import { releaseSteps, type Step } from './places/resources.ts';
import type { ServingPlace } from './places/serving.ts';
import type { PlannedFile } from './plannedFile.ts';
import type { RuntimeNeeds } from './runtime/needs.ts';
import { servingPlaces } from './servingPlaces.ts';
import { toolTracking } from './tools/index.ts';

/** What a handler consists of in one server, and where its parts go. */
export interface HandlerPlan {
  /** The file that begins to serve: the handler goes into it, or into a module beside it. */
  readonly main: PlannedFile;
  readonly needs: RuntimeNeeds;
  /** What connects the server's own files with the handler. */
  readonly insertions: readonly Insertion[];
}

/** The plan for a server; `undefined` where a part of it is not of a shape that is known to work. */
export function planHandler(project: Project, server: McpServer): HandlerPlan | undefined {
  // A handler for SIGINT would end the process while the new one drains.
  if (server.listeners.length > 0) return undefined;
  if (server.transports.has('sse') && !requestFramework(server)?.takesSse) return undefined;
  const tools = toolTracking(project, server);
  const tracked = trackedInstances(project, server);
  const places = tools && servingPlaces(project, server, tools.sdk);
  const http = server.isNetwork ? requestFramework(server)?.wire(project, server) : undefined;
  if (!tools || !tracked || !places || (server.isNetwork && !http)) return undefined;
  const withSteps = places.map((place) => ({
    place,
    steps: [...place.steps, ...releaseSteps(project, server, place.into)],
  }));
  const needs: RuntimeNeeds = {
    tools,
    http,
    isStdio: server.transports.has('stdio'),
    hasSteps: withSteps.some(({ steps }) => steps.length > 0),
    // Docker, the shortest common grace period, kills after 10 s.
    drainTimeoutMs: 5_000,
  };
  const registered = withSteps.flatMap(({ place, steps }) => [
    ...place.insertions,
    registration(place, steps, needs),
  ]);
  const insertions = [...tracked, ...(http?.insertions ?? []), ...registered];
  return { main: places[0].into, needs, insertions };
}

/** The line that registers the signals: the steps after the drain, and whether stdio is served here. */
function registration(place: ServingPlace, steps: readonly Step[], needs: RuntimeNeeds): Insertion {
  const lines = steps.map(({ what, run }) => `['${what}', () => ${run}]`);
  const list =
    lines.length < 2 ? `[${lines.join('')}]` : `[\n${lines.map((line) => `  ${line},`).join('\n')}\n]`;
  const parameters = [
    ...(needs.hasSteps ? [list] : []),
    ...(needs.isStdio && needs.http && place.isStdio ? ['true'] : []),
  ];
  return {
    into: place.into,
    at: { after: place.statement },
    code: place.register ?? `stopOnSignals(${parameters.join(', ')});`,
    imports: place.register ? [] : steps.flatMap((step) => step.imports),
  };
}
