import type { AssessedPath } from './assess.ts';
import { beginsBefore } from './order.ts';
import type { CallStep, ExitStep, Step, WaitStep } from './steps.ts';
import type { PathView } from './view.ts';

/** The exit that a handler comes to in any case, without having waited for anything; `undefined` where it waits. */
export function exitWithoutWait({ exits, trace }: PathView): ExitStep | undefined {
  return exits.find(
    (exit) =>
      !exit.isOnError &&
      exit.branches.every(({ isRest }) => isRest) &&
      !trace.steps.some((step) => isAwaited(step) && beginsBefore(step, exit)),
  );
}

/** Whether a handler waits for something, beside another one that exits without doing the same. */
export function isCutOff({ path }: AssessedPath, by: AssessedPath): boolean {
  if (path.handler.path === by.path.handler.path && path.handler.fn === by.path.handler.fn) return false;
  return path.view.trace.steps.some((step) => isAwaited(step) && !step.isOnError);
}

function isAwaited(step: Step): step is CallStep | WaitStep {
  return (step.kind === 'call' || step.kind === 'wait') && step.isAwaited;
}
