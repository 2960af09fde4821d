import type { Project } from '../../project/project.ts';
import { type McpServer, mayHear } from '../../project/server.ts';
import type { ServerStart } from '../../project/transports.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { frameworkOf } from './http/index.ts';
import { areAlternatives } from './places/alternatives.ts';
import type { ServingPlace } from './places/serving.ts';
import { stdioStart } from './stdio/index.ts';

/** One place for each transport that a switch may choose, the ports first; `undefined` where one is out of reach. */
export function servingPlaces(
  project: Project,
  server: McpServer,
  sdk: 1 | 2,
): readonly [ServingPlace, ...ServingPlace[]] | undefined {
  const listens = server.starts.filter(({ kind }) => kind === 'listen');
  const allStdio = server.starts.filter(({ transport }) => transport === 'stdio');
  // fastmcp has one call for both; where it listens nobody reads stdin, so that its end is not noticed.
  const stdio = allStdio.filter(({ call }) => listens.every((listen) => listen.call !== call));
  // Where several are served at once, which one is to register the signals is the author's to say.
  const isOne = (starts: readonly ServerStart[]) =>
    starts.every((one, index) =>
      starts.slice(index + 1).every((other) => areAlternatives(one, other, server)),
    );
  if (![listens, stdio].every(isOne)) return undefined;
  const places = [...listens, ...stdio].map((start) => {
    const place = isOthersToo(project, server, start) ? undefined : servingPlace(project, start, sdk);
    return place && { ...place, isStdio: place.isStdio || allStdio.some(({ call }) => call === start.call) };
  });
  const known = places.flatMap((place) => place ?? []);
  const [first, ...others] = known;
  return first && known.length === places.length ? [first, ...others] : undefined;
}

/** Whether other servers start there that listen to the signals themselves: their handlers would compete. */
function isOthersToo({ servers }: Project, server: McpServer, { path, fn }: ServerStart): boolean {
  return servers.some((other) => {
    const isThere = other !== server && other.execution.live.get(path)?.has(fn);
    return isThere && mayHear(other, 'SIGTERM') && !mayHear(server, 'SIGTERM');
  });
}

function servingPlace(project: Project, start: ServerStart, sdk: 1 | 2): ServingPlace | undefined {
  const into = plannedFile(project, start.path);
  if (!into) return undefined;
  const isStdio = start.kind === 'transport';
  const serving = isStdio ? stdioStart(start, into, sdk) : frameworkOf(start.framework)?.listen(start, into);
  return serving && { ...serving, into, start, fn: start.fn, isStdio };
}
