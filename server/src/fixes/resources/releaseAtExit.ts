import type { Finding, Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { ResourceKind, ShutdownStep } from '../../project/resources/row.ts';
import type { McpServer } from '../../project/server.ts';
import { skipping } from '../../project/shutdown/isolation.ts';
import { isolated } from '../shutdown/isolateSteps.ts';
import { together } from '../shutdown/together.ts';
import { type ExitPlace, placeOfExit, stepAfter } from './exitPlace.ts';
import { linesAtExit } from './linesAtExit.ts';
import { type OpenAtExit, openAtExit } from './openAtExit.ts';
import { type AddedRelease, releaseAdded } from './releaseAdded.ts';
import { releaseByHook } from './releaseByHook.ts';
import { flushFor, type ReleaseCall, releaseFor } from './releaseCall.ts';

/** The fixes of a finding about something that is open at the exit. */
export function fixesFor(
  project: Project,
  finding: Finding,
  isMeant: (kind: ResourceKind) => boolean,
): Fix[] {
  const open = openAtExit(project, isMeant).find(
    ({ resource }) => resource.path === finding.path && resource.call.start === finding.range.start,
  );
  if (!open) return [];
  const byHook = releaseByHook(project, open, finding.ruleId);
  return byHook.length > 0 ? byHook : releaseAtExit(project, open, finding.ruleId);
}

/**
 * Releases a resource as the last thing that the SIGTERM handler does before it exits, but before later steps of the
 * shutdown. Offered where there is one handler with one exit that is a statement of an async function, and where what
 * releases the resource can be named there.
 */
function releaseAtExit(project: Project, open: OpenAtExit, ruleId: string): Fix[] {
  const place = placeOfExit(project, open.server);
  const release = place && (releaseFor(project, open, place) ?? releaseAdded(project, open, place));
  if (!place || !release) return [];
  const { row, what } = open.resource;
  return stepAtExit(
    project,
    place,
    row.step,
    what,
    release,
    `Release it before the exit: ${release.name}`,
    ruleId,
  );
}

/** The same for records that the program itself gathers: its function that writes them out is called. */
export function flushAtExit(
  project: Project,
  server: McpServer,
  buffer: { readonly path: string; readonly fn: number },
  ruleId: string,
): Fix[] {
  const place = placeOfExit(project, server);
  const flush = place && flushFor(project, buffer, place);
  if (!place || !flush) return [];
  return stepAtExit(
    project,
    place,
    'audit log',
    'records',
    flush,
    `Flush it before the exit: ${flush.name}`,
    ruleId,
  );
}

function stepAtExit(
  project: Project,
  place: ExitPlace,
  step: ShutdownStep,
  what: string,
  release: ReleaseCall & Partial<AddedRelease>,
  title: string,
  ruleId: string,
): Fix[] {
  const before = stepAfter(step, place);
  const lines = [
    'try {',
    ...`${release.statement};`.split('\n').map((line) => `  ${line}`),
    '} catch (error) {',
    `  console.error('shutdown: ${what}:', error);`,
    '}',
  ];
  const inserted = linesAtExit(place, before, lines.join('\n'));
  if (!inserted) return [];
  const edits = [...release.imports, ...inserted];
  // A step in front of it that fails must not skip it.
  const all = together([
    ...isolated(project, skipping(place.view)),
    new Map([[place.file.path, edits]]),
    release.elsewhere ?? new Map(),
  ]);
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits: all }];
}
