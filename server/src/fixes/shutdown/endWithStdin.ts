import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { type AssessedPath, assessedOf } from '../../project/shutdown/assess.ts';
import type { ServerStart } from '../../project/transports.ts';
import type { FileEdits } from '../../text/edits.ts';
import { insertedEdits } from '../handler/inline.ts';
import type { Serving } from '../handler/places/serving.ts';
import { stdioStart } from '../handler/stdio/index.ts';
import { toolTracking } from '../handler/tools/index.ts';
import type { Insertion } from '../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { callsFinishedEdits } from './callsFinished.ts';
import { countedOverStdio } from './drainNeeds.ts';
import { exitEdits } from './exitWhenDone.ts';
import { guardEdits } from './guard.ts';
import { together } from './together.ts';
import { waitEdits } from './waitForCalls.ts';

/**
 * Has a stdio server end when its client closes stdin: as on SIGTERM where that is handled, and else when the calls in
 * flight are done.
 */
export function endWithStdin(project: Project, server: McpServer, start: ServerStart, ruleId: string): Fix[] {
  const into = plannedFile(project, start.path);
  const sdk = toolTracking(project, server, 'counted')?.sdk;
  const serving = into && sdk && stdioStart(start, into, sdk);
  if (!into || !serving) return [];
  const at = { into, serving };
  const paths = assessedOf(server).filter(({ path: { listener } }) => {
    return !server.shutdown.startup.areExclusive(listener, start);
  });
  const [one, ...others] = paths;
  if (others.length > 0) return [];
  const edits = one ? asOnSigterm(project, one, at) : whenCallsAreDone(project, server, at);
  if (!edits) return [];
  const title = one ? 'Shut down at the end of stdin, too' : 'Exit at the end of stdin';
  // Clients may count on a server that lives on.
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits }];
}

/** Where stdio is served. */
interface At {
  readonly into: PlannedFile;
  readonly serving: Serving;
}

/** The handler of SIGTERM is run, and mended first where it would lose calls or never exit. */
function asOnSigterm(project: Project, one: AssessedPath, at: At): FileEdits | undefined {
  const mended = mendedHandler(project, one);
  const own = insertedEdits(
    linesFor(at, `process.stdin.once('end', () => process.emit('SIGTERM', 'SIGTERM'));`),
  );
  return mended && own && together([own, mended]);
}

function mendedHandler(project: Project, one: AssessedPath): FileEdits | undefined {
  const { judgement, path } = one;
  switch (judgement.kind) {
    case 'drains':
      // The signal comes two seconds later all the same.
      return path.view.isGuarded ? new Map() : guardEdits(project, path);
    case 'drops calls':
      return waitEdits(project, [{ one, step: 'effect' in judgement.at ? judgement.at.step : judgement.at }]);
    case 'never ends':
      return exitEdits(project, one);
    default:
      return undefined;
  }
}

/** Without a handler nothing else is to be done than to let the calls finish. */
function whenCallsAreDone(project: Project, server: McpServer, at: At): FileEdits | undefined {
  const counted = countedOverStdio(project, server);
  return (
    counted &&
    callsFinishedEdits(project, counted, {
      main: at.into,
      isGuard: false,
      calls: (line) =>
        linesFor(at, `process.stdin.once('end', async () => {\n  ${line}\n  process.exit(0);\n});`),
    })
  );
}

/** A listener behind the start, and what the start itself needs for it. */
function linesFor({ into, serving: { statement, insertions, isSlow } }: At, code: string): Insertion[] {
  const comment = '// A client stops a stdio server by closing its stdin.';
  const at = isSlow ? { before: statement } : { after: statement };
  return [...insertions, { into, at, code: `${comment}\n${code}` }];
}
