import type { Expr, SourceFacts, Statement } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Project } from '../../project/project.ts';
import { dropsCredentials } from '../../project/resources/credentials.ts';
import { type ShutdownStep, shutdownSteps } from '../../project/resources/row.ts';
import { revokesInVault } from '../../project/resources/vault.ts';
import type { McpServer } from '../../project/server.ts';
import type { PathView } from '../../project/shutdown/view.ts';
import { functionCode } from '../shutdown/handlerCode.ts';
import { type PlannedFile, plannedFile } from '../source/plannedFile.ts';
import { placeOf, statementThatIs } from '../source/statements.ts';
import { mayWait } from './linesAtExit.ts';

/** Where a server's one SIGTERM handler exits. */
export interface ExitPlace extends PlannedFile {
  readonly fn: number;
  readonly exit: Statement;
  readonly view: PathView;
}

/** `undefined` where there are several handlers or exits, or the exit is no statement of a function that can wait. */
export function placeOfExit(project: Project, { shutdown }: McpServer): ExitPlace | undefined {
  const [path, ...others] = shutdown.on('SIGTERM');
  const exits = path?.view.exits.filter(({ isOnError }) => !isOnError) ?? [];
  const [exit, ...more] = exits;
  if (!path || !exit || others.length > 0 || more.length > 0 || exit.spot.expr.kind !== 'call')
    return undefined;
  const { fn, expr } = exit.spot;
  const planned = plannedFile(project, exit.spot.path);
  const code = functionCode(project, { path: exit.spot.path, fn });
  const statement =
    planned && (statementThatIs(planned.facts, fn, expr) ?? bodyThatIs(planned.facts, fn, expr));
  if (!planned || !statement || !code || !mayWait(code)) return undefined;
  return { ...planned, fn, exit: statement, view: path.view };
}

/** `() => process.exit(0)` */
function bodyThatIs({ functions }: SourceFacts, fn: number, expr: Expr): Statement | undefined {
  const fact = functions[fn];
  const [only] = fact?.statements ?? [];
  const isBody = fact?.body.start === expr.start && fact.body.end === expr.end;
  return isBody && only?.kind === 'return' && only.value === expr ? only : undefined;
}

/**
 * The statement that a step of the shutdown goes in front of: the exit, or the first in front of it that belongs to a
 * later step.
 */
export function stepAfter(step: ShutdownStep, { file, facts, fn, exit, view }: ExitPlace): Statement {
  const block = placeOf(facts, fn, exit)?.block ?? [exit];
  const own = shutdownSteps.indexOf(step);
  const isLater = (other: ShutdownStep) => shutdownSteps.indexOf(other) > own;
  const releases = view.actions.flatMap(({ effect, step: { spot, via } }) =>
    effect.kind === 'releases' && isLater(effect.release.row.step) ? [spot, ...via] : [],
  );
  // Also a call that stands in a function: `new Promise((resolve) => log.end(resolve))`.
  const holdsRelease = ({ start, end }: Statement) =>
    releases.some(({ path, expr }) => path === file.path && start <= expr.start && expr.end <= end);
  const belongsLater = (statement: Statement) =>
    holdsRelease(statement) || stepsWritten(statement).some(isLater);
  let at = block.indexOf(exit);
  for (let before = block[at - 1]; before && belongsLater(before); before = block[at - 1]) at -= 1;
  return block[at] ?? exit;
}

/** The steps of calls that release nothing which the table of resources knows. */
function stepsWritten(statement: Statement): ShutdownStep[] {
  const steps: ShutdownStep[] = [];
  walkStatements([statement], (expr) => {
    if (expr.kind !== 'call') return;
    if (revokesInVault(expr)) steps.push('vault');
    else if (dropsCredentials(expr)) steps.push('credentials');
  });
  return steps;
}
