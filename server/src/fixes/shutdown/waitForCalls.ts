import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isOnce, unguarded } from '../../project/shutdown/isolation.ts';
import { lateDeadline } from '../../project/shutdown/limits.ts';
import type { FileEdits } from '../../text/edits.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { callsFinishedEdits } from './callsFinished.ts';
import { countedFor } from './drainNeeds.ts';
import type { Ending } from './ending.ts';
import { givesResult, guardEdits } from './guard.ts';
import { handlerCode } from './handlerCode.ts';
import { isolateSteps } from './isolateSteps.ts';
import { armEarlier } from './lateDeadline.ts';
import { together } from './together.ts';
import { type WaitPlace, waitAtEnd, waitPlace } from './waitPlace.ts';

/**
 * Counts the calls where they come in, and has every handler that ends them at a place wait for them, for a limited time,
 * before the first thing that it closes. Everything else of the handlers stays.
 */
export function waitForCalls(project: Project, endings: readonly Ending[], ruleId: string): Fix[] {
  const edits = waitEdits(project, endings);
  if (!edits) return [];
  const title = 'Wait for the calls in flight before closing';
  // Stopping takes as long as the calls do, and new ones are refused meanwhile.
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits }];
}

/** The edits of that; a handler that closes nothing waits at its end. `undefined` where there is no room. */
export function waitEdits(project: Project, endings: readonly Ending[]): FileEdits | undefined {
  const waits = waitsIn(project, endings);
  const counted = waits && countedFor(project, endings);
  const [first] = waits ?? [];
  const main = first && plannedFile(project, first.code.path);
  if (!counted || !waits || !main) return undefined;
  const isGuard = waits.some(({ guard }) => !guard);
  if (isGuard && waits.some(({ code }) => givesResult(code))) return undefined;
  const edits = callsFinishedEdits(project, counted, {
    main,
    isGuard,
    calls: (line) => waits.map(({ insert }) => insert(line)),
  });
  const own = waits.flatMap(({ guard, code, asynchronous }): FileEdits[] => [
    guard ?? new Map(),
    new Map([[code.path, asynchronous]]),
  ]);
  return edits && together([...own, edits, ...waits.flatMap(({ rest }) => rest)]);
}

/** The place of the wait in one handler, and the lines that keep a second signal out of it. */
interface Waiting extends WaitPlace {
  /** `undefined` where the wait itself has to do it. */
  readonly guard: FileEdits | undefined;
  /** What else matters now that there is a wait. */
  readonly rest: readonly FileEdits[];
}

/** One for each handler; those that share the code in which they would wait have one together. */
function waitsIn(project: Project, endings: readonly Ending[]): Waiting[] | undefined {
  const waits = new Map<string, Waiting>();
  for (const ending of endings) {
    const at = placeOf(project, ending);
    if (!at) return undefined;
    const key = `${at.code.path}:${at.start}`;
    if (waits.has(key)) continue;
    const { one } = ending;
    // A handler that waits can be run a second time meanwhile.
    const guard = at.isGuarded || isOnce(one.path) ? new Map() : guardEdits(project, one.path);
    const rest = restOf(project, one);
    if (!rest) return undefined;
    waits.set(key, { ...at, guard, rest });
  }
  return [...waits.values()];
}

function placeOf(project: Project, { one: { path }, step }: Ending): WaitPlace | undefined {
  const steps = [...(step ? [step] : []), ...path.view.cleanups.map((action) => action.step)];
  if (steps.length > 0) return waitPlace(project, path, steps);
  const code = handlerCode(project, path.handler);
  return code && waitAtEnd(project, path, code);
}

/** Behind a wait that matters, each step has to have its chance, and a timer that forces the exit must be armed in time. */
function restOf(project: Project, { path: { view } }: AssessedPath): FileEdits[] | undefined {
  const open = unguarded(view);
  const [isolated] = open ? isolateSteps(project, open, '') : [];
  const late = lateDeadline(view);
  const [armed] = late ? armEarlier(project, view, '') : [];
  if ((late && !armed) || (open && !isolated)) return undefined;
  return [isolated, armed].flatMap((fix) => fix?.edits ?? []);
}
