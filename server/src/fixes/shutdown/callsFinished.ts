import type { Project } from '../../project/project.ts';
import type { FileEdits } from '../../text/edits.ts';
import { moduleEdits } from '../handler/asModule.ts';
import type { CodePlan } from '../handler/codePlan.ts';
import { inlineEdits } from '../handler/inline.ts';
import { isOnePackage } from '../handler/onePackage.ts';
import {
  functionsOfWait,
  importsOfWait,
  lineOfWait,
  stateOfWait,
  type WaitNeeds,
} from '../handler/runtime/callsFinished.ts';
import type { Insertion } from '../source/insertion.ts';
import type { PlannedFile } from '../source/plannedFile.ts';
import type { Counted } from './drainNeeds.ts';

/** How `callsFinished()` is called. */
export interface Calling {
  /** The file that gets it, unless several need it. */
  readonly main: PlannedFile;
  /** It also tells whether it was called before. */
  readonly isGuard: boolean;
  /** The insertions that call it. */
  calls(line: string): readonly Insertion[];
}

/** Writes `callsFinished()`, and lets it see the calls; `undefined` where it has no place. */
export function callsFinishedEdits(
  project: Project,
  { needs: counted, insertions }: Counted,
  { main, isGuard, calls }: Calling,
): FileEdits | undefined {
  const needs: WaitNeeds = { ...counted, isGuard };
  const plan: CodePlan = {
    main,
    state: stateOfWait(needs),
    functions: functionsOfWait(needs),
    imports: importsOfWait(needs),
    insertions: [...insertions, ...calls(lineOfWait(needs))],
    named: [],
  };
  if (!isOnePackage(project, plan.insertions)) return undefined;
  return inlineEdits(plan) ?? moduleEdits(project, plan);
}
