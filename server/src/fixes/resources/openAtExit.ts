import type { RelatedLocation, Report } from '../../engine/types.ts';
import { calleeRange } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import type { HeldResource } from '../../project/resources/resource.ts';
import type { ResourceKind } from '../../project/resources/row.ts';
import { type Unreleased, unreleasedIn } from '../../project/resources/unreleased.ts';
import type { McpServer } from '../../project/server.ts';

/** Something that a server's shutdown leaves open, with that server. */
export interface OpenAtExit extends Unreleased {
  readonly server: McpServer;
}

/** What shutting down leaves open in a project, of some kinds; each opening once, though several servers have it. */
export function openAtExit(project: Project, isMeant: (kind: ResourceKind) => boolean): OpenAtExit[] {
  const found = new Map<HeldResource['call'], OpenAtExit>();
  for (const server of project.servers) {
    for (const open of unreleasedIn(server)) {
      const { call, row } = open.resource;
      if (isMeant(row.kind) && !found.has(call)) found.set(call, { ...open, server });
    }
  }
  return [...found.values()];
}

/**
 * The finding at the place that opens it.
 * @param verb what would have to be done: "closes"
 * @param loss what the exit costs otherwise, as a sentence without its end: "its file is cut off"
 */
export function reportOf(
  { resource, again, releaser, server }: OpenAtExit,
  verb: string,
  loss: string,
): Report {
  return {
    path: resource.path,
    range: calleeRange(resource.call),
    message: `No step of the shutdown on SIGTERM ${verb} this ${resource.what}: ${loss}. ${advice(resource, releaser)}`,
    related: [
      ...handlersOf(server),
      ...again.map(({ path, call }) => ({
        path,
        range: calleeRange(call),
        message: 'It is opened here, too.',
      })),
      ...(releaser
        ? [
            {
              path: releaser.path,
              range: releaser.range,
              message: releaser.isLive ? 'This releases it.' : 'This would release it; nothing calls it.',
            },
          ]
        : []),
    ],
  };
}

function advice(resource: HeldResource, releaser: Unreleased['releaser']): string {
  if (releaser && !releaser.isLive) {
    return `\`${releaser.name}()\` would, but nothing calls it: call it once the calls in flight have finished.`;
  }
  if (releaser) {
    return `\`${releaser.name}()\` would, but the handler does not lead to it: call it once the calls in flight have finished.`;
  }
  if (resource.row.endsEarly) {
    return 'Ending it does not wait for what is still being sent: wait for that before the exit.';
  }
  const release = releaseIn(resource);
  return release
    ? `Call \`${release}\` once the calls in flight have finished.`
    : 'Keep it in a variable and release it once the calls in flight have finished.';
}

/** The release as it could be written where the resource is opened; `undefined` where nothing names it. */
function releaseIn({ releases, holders, call }: HeldResource): string | undefined {
  const [release = ''] = releases;
  if (release.startsWith('module.')) {
    const { callee } = call;
    const module = callee.kind === 'member' && callee.object.kind === 'name' ? `${callee.object.name}.` : '';
    return release.replace('module.', () => module);
  }
  const holder = holders.find((one) => one.kind === 'variable' || one.kind === 'field');
  const name =
    holder?.kind === 'field' ? `${(holder.isStatic && holder.owner) || 'this'}.${holder.name}` : holder?.name;
  return name && release.replace(/^x\b|\bx(?=\))/, () => name);
}

/** The handlers of SIGTERM, as places that explain a finding. */
export function handlersOf(server: McpServer): RelatedLocation[] {
  const own = server.listeners.filter(({ signals }) => signals.includes('SIGTERM'));
  const message = 'This handler runs on SIGTERM.';
  return [...own.map(({ path, range }) => ({ path, range, message })), ...heardByNest(server)].slice(0, 3);
}

function heardByNest({ handledBy, execution, shutdown }: McpServer): RelatedLocation[] {
  if (handledBy !== '@nestjs/core') return [];
  return shutdown.values.program
    .callsNamed('enableShutdownHooks')
    .filter(({ path, fn }) => execution.live.get(path)?.has(fn))
    .map(({ path, call }) => ({
      path,
      range: calleeRange(call),
      message: 'From here on Nest hears SIGTERM, and calls the lifecycle hooks.',
    }));
}
