import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isOnce, unguarded } from '../../project/shutdown/isolation.ts';
import { lateDeadline } from '../../project/shutdown/limits.ts';
import type { FileEdits } from '../../text/edits.ts';
import { insertedEdits } from '../handler/inline.ts';
import type { Insertion } from '../source/insertion.ts';
import { plannedFile } from '../source/plannedFile.ts';
import { type Calling, callsFinishedEdits } from './callsFinished.ts';
import { countedFor, countingFor } from './drainNeeds.ts';
import { type Ending, sameEndings } from './ending.ts';
import { givesResult, guardEdits } from './guard.ts';
import { handlerCode } from './handlerCode.ts';
import { isolateSteps } from './isolateSteps.ts';
import { armEarlier } from './lateDeadline.ts';
import { agreed, together } from './together.ts';
import { type WaitPlace, waitAtEnd, waitPlace } from './waitPlace.ts';
import { waitThere } from './waitThere.ts';

/**
 * Counts the calls where they come in, and has every handler that ends them at a place wait for them, for a limited time,
 * before the first thing that it closes; so do handlers of SIGTERM and SIGINT that close the same, where they have room for
 * it. Everything else of the handlers stays.
 */
export function waitForCalls(project: Project, endings: readonly Ending[], ruleId: string): Fix[] {
  const others = sameEndings(endings).filter((other) => {
    const [at] = waitsIn(project, [other]) ?? [];
    return at && !givesResult(at.code);
  });
  const all = others.length > 0 ? waitEdits(project, [...endings, ...others]) : undefined;
  const edits = all ?? waitEdits(project, endings);
  if (!edits) return [];
  const title = 'Wait for the calls in flight before closing';
  // Stopping takes as long as the calls do, and new ones are refused meanwhile.
  return [{ ruleId, title, isSafe: false, isPreferred: true, edits }];
}

/**
 * The edits of that; a handler that closes nothing waits at its end. `undefined` where there is no room.
 * @param behind lines that come behind the wait, where both stand in front of the same
 */
export function waitEdits(
  project: Project,
  endings: readonly Ending[],
  behind: readonly Insertion[] = [],
): FileEdits | undefined {
  const waits = waitsIn(project, endings);
  const [first] = waits ?? [];
  const [ending] = endings;
  if (!waits || !first || !ending) return undefined;
  const codes = waits.map(({ code }) => code);
  const there = waitThere(project, ending.one.server, countingFor(endings), codes);
  // Flags of their own would let one signal in while the handler of another one waits.
  const isShared = waits.length > 1 && waits.some(({ isGuarded }) => !isGuarded);
  const isGuard = there?.isGuard ?? (isShared || waits.some(({ guard }) => !guard));
  if (isGuard && codes.some(givesResult)) return undefined;
  if (!isGuard && waits.some(({ guard }) => !guard)) return undefined;
  const calls = (line: string) => [...waits.map(({ insert }) => insert(line)), ...behind];
  const edits = there
    ? insertedEdits(calls(there.line))
    : countedEdits(project, endings, first, { isGuard, calls });
  const own = waits.flatMap(({ guard, code, asynchronous }): FileEdits[] => [
    isGuard ? new Map() : (guard ?? new Map()),
    new Map([[code.path, asynchronous]]),
  ]);
  const rest = agreed(waits.flatMap((wait) => wait.rest));
  return edits && rest && together([...own, edits, rest]);
}

function countedEdits(
  project: Project,
  endings: readonly Ending[],
  { code }: WaitPlace,
  calling: Omit<Calling, 'main'>,
): FileEdits | undefined {
  const counted = countedFor(project, endings);
  const main = plannedFile(project, code.path);
  return counted && main && callsFinishedEdits(project, counted, { main, ...calling });
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
  const { cleanups, trace } = path.view;
  // What takes time and is in no table may close something, too.
  const awaited = trace.steps.filter((each) => each.kind === 'call' && each.isAwaited);
  const steps = step
    ? [step, ...cleanups.map((action) => action.step), ...awaited]
    : cleanups.map((action) => action.step);
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
