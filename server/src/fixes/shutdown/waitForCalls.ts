import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { AssessedPath } from '../../project/shutdown/assess.ts';
import { isRunOnce, unguarded } from '../../project/shutdown/isolation.ts';
import type { Step } from '../../project/shutdown/steps.ts';
import type { FileEdits } from '../../text/edits.ts';
import { moduleEdits } from '../handler/asModule.ts';
import type { CodePlan } from '../handler/codePlan.ts';
import { inlineEdits } from '../handler/inline.ts';
import type { Insertion } from '../handler/insertion.ts';
import { isOnePackage } from '../handler/plan.ts';
import { type PlannedFile, plannedFile } from '../handler/plannedFile.ts';
import {
  functionsOfWait,
  importsOfWait,
  lineOfWait,
  stateOfWait,
  type WaitNeeds,
} from '../handler/runtime/callsFinished.ts';
import { drainNeeds } from './drainNeeds.ts';
import { givesResult, guardEdits } from './guard.ts';
import { isolateSteps } from './isolateSteps.ts';
import { together } from './together.ts';
import { type WaitPlace, waitPlace } from './waitPlace.ts';

/** A handler, and what in it ends the calls too early. */
export interface Ending {
  readonly one: AssessedPath;
  readonly step: Step;
}

/** The place of the wait in one handler, and the lines that keep a second signal out of it. */
interface Waiting extends WaitPlace {
  readonly into: PlannedFile;
  /** `undefined` where the wait itself has to do it. */
  readonly guard: FileEdits | undefined;
  readonly isolation: FileEdits;
}

/**
 * Counts the calls where they come in, and has every handler that ends them at a place wait for them, for a limited time,
 * before the first thing that it closes. Everything else of the handlers stays.
 */
export function waitForCalls(project: Project, endings: readonly Ending[], ruleId: string): Fix[] {
  const waits = waitsIn(project, endings);
  const counted = waits && drainNeeds(project, endings);
  const [main] = waits ?? [];
  if (!counted || !waits || !main) return [];
  const isGuard = waits.some(({ guard }) => !guard);
  if (isGuard && waits.some(({ code }) => givesResult(code))) return [];
  const needs: WaitNeeds = { ...counted.needs, isGuard };
  const lines = waits.map(
    ({ into, statement }): Insertion => ({ into, at: { above: statement }, code: lineOfWait(needs) }),
  );
  const plan: CodePlan = {
    main: main.into,
    state: stateOfWait(needs),
    functions: functionsOfWait(needs),
    imports: importsOfWait(needs),
    insertions: [...counted.insertions, ...lines],
    named: [],
  };
  const edits = isOnePackage(project, plan.insertions)
    ? (inlineEdits(plan) ?? moduleEdits(project, plan))
    : undefined;
  if (!edits) return [];
  const own = waits.flatMap(({ guard, code, asynchronous, isolation }) => [
    guard ?? new Map(),
    new Map([[code.path, asynchronous]]),
    isolation,
  ]);
  return [
    {
      ruleId,
      title: 'Wait for the calls in flight before closing',
      // Stopping takes as long as the calls do, and new ones are refused meanwhile.
      isSafe: false,
      isPreferred: true,
      edits: together([...own, edits]),
    },
  ];
}

/** One for each handler; those that share the code in which they would wait have one together. */
function waitsIn(project: Project, endings: readonly Ending[]): Waiting[] | undefined {
  const waits = new Map<string, Waiting>();
  for (const { one, step } of endings) {
    const { path } = one;
    const at = waitPlace(project, path, [step, ...path.view.cleanups.map((action) => action.step)]);
    const into = at && plannedFile(project, at.code.path);
    if (!at || !into) return undefined;
    const key = `${at.code.path}:${at.statement.start}`;
    if (waits.has(key)) continue;
    // A handler that waits can be run a second time meanwhile.
    const guard = isRunOnce(path) ? new Map() : guardEdits(project, path);
    waits.set(key, { ...at, into, guard, isolation: isolation(project, one) });
  }
  return [...waits.values()];
}

/** Behind a wait that matters, each step has to have its chance. */
function isolation(project: Project, { path }: AssessedPath): FileEdits {
  const found = unguarded(path.view);
  const [fix] = found ? isolateSteps(project, found, '') : [];
  return fix?.edits ?? new Map();
}
