import type { Finding, Fix } from '../../engine/types.ts';
import type { Statement } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import { type ResourceKind, shutdownSteps } from '../../project/resources/row.ts';
import type { McpServer } from '../../project/server.ts';
import type { PathView } from '../../project/shutdown/view.ts';
import type { FileEdits, TextEdit } from '../../text/edits.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { type PlannedFile, plannedFile } from '../handler/plannedFile.ts';
import { placeOf, statementThatIs } from '../source/statements.ts';
import { indentationAt } from '../textStyle.ts';
import { type OpenAtExit, openAtExit } from './openAtExit.ts';
import { releaseFor } from './releaseCall.ts';

/** The fixes of a finding about something that is open at the exit. */
export function fixesFor(
  project: Project,
  finding: Finding,
  isMeant: (kind: ResourceKind) => boolean,
): Fix[] {
  const open = openAtExit(project, isMeant).find(
    ({ resource }) => resource.path === finding.path && resource.call.start === finding.range.start,
  );
  return open ? releaseAtExit(project, open, finding.ruleId) : [];
}

/**
 * Releases a resource as the last thing that the SIGTERM handler does before it exits, but before later steps of the
 * shutdown. Offered where there is one handler with one exit that is a statement of an async function, and where what
 * releases the resource can be named there.
 */
function releaseAtExit(project: Project, open: OpenAtExit, ruleId: string): Fix[] {
  const place = placeOfExit(project, open.server);
  const release = place && releaseFor(project, open, place);
  if (!place || !release) return [];
  const before = stepAfter(open, place);
  const level = indentationAt(place.file.text, before.start);
  if (level === undefined) return [];
  const { path, text } = place.file;
  const style = codeStyleOf(path, text, place.facts);
  const lines = [
    'try {',
    `  ${release.statement};`,
    '} catch (error) {',
    `  console.error('shutdown: ${open.resource.what}:', error);`,
    '}',
  ];
  const newText = `${inStyle(lines.join('\n'), style, level).trimStart()}${style.newline}${level}`;
  const edits: TextEdit[] = [...release.imports, { start: before.start, end: before.start, newText }];
  return [
    {
      ruleId,
      title: `Release it before the exit: ${release.name}`,
      isSafe: false,
      isPreferred: true,
      edits: new Map([[path, edits]]) satisfies FileEdits,
    },
  ];
}

/** Where a server's one SIGTERM handler exits. */
export interface ExitPlace extends PlannedFile {
  readonly fn: number;
  readonly exit: Statement;
  readonly view: PathView;
}

function placeOfExit(project: Project, { shutdown }: McpServer): ExitPlace | undefined {
  const [path, ...others] = shutdown.on('SIGTERM');
  const exits = path?.view.exits.filter(({ isOnError }) => !isOnError) ?? [];
  const [exit, ...more] = exits;
  if (!path || !exit || others.length > 0 || more.length > 0 || exit.spot.expr.kind !== 'call')
    return undefined;
  const { fn, expr } = exit.spot;
  const planned = plannedFile(project, exit.spot.path);
  const statement = planned && statementThatIs(planned.facts, fn, expr);
  if (!planned || !statement || !planned.facts.functions[fn]?.isAsync) return undefined;
  return { ...planned, fn, exit: statement, view: path.view };
}

/** The statement that the release goes in front of: the exit, or the first in front of it that releases what comes later. */
function stepAfter({ resource }: OpenAtExit, { facts, fn, exit, view }: ExitPlace): Statement {
  const block = placeOf(facts, fn, exit)?.block ?? [exit];
  const own = shutdownSteps.indexOf(resource.row.step);
  const later = new Set(
    view.actions.flatMap(({ effect, step }) => {
      const isLater = effect.kind === 'releases' && shutdownSteps.indexOf(effect.release.row.step) > own;
      return isLater ? [step.spot.expr, ...step.via.map(({ expr }) => expr)] : [];
    }),
  );
  let at = block.indexOf(exit);
  for (let before = block[at - 1]; before && holdsAny(before, later); before = block[at - 1]) at -= 1;
  return block[at] ?? exit;
}

function holdsAny(statement: Statement, wanted: ReadonlySet<unknown>): boolean {
  let found = false;
  walkStatements([statement], (expr) => {
    found ||= wanted.has(expr);
  });
  return found;
}
