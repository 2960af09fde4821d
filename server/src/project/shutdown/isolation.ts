import { areExclusive, beginsBefore } from './order.ts';
import type { ShutdownPath } from './paths.ts';
import type { Action, PathView } from './view.ts';

/** A step that may fail, and those that are not run then. */
export interface Unguarded {
  readonly step: Action;
  readonly skipped: readonly Action[];
}

/** The first step of the clean-up whose failure keeps later ones from running: nothing between them catches it. */
export function unguarded(view: PathView): Unguarded | undefined {
  for (const step of view.cleanups) {
    if (!step.step.isAwaited || step.step.hidesFailure || step.step.line.starts.how === 'timer') continue;
    const skipped = view.cleanups.filter(
      (other) =>
        other.step.line === step.step.line &&
        beginsBefore(step.step, other.step) &&
        other.step.call !== step.step.call &&
        !areExclusive(step.step, other.step) &&
        other.step.guard === step.step.guard,
    );
    if (skipped.length > 0) return { step, skipped };
  }
  return undefined;
}

/** A step of the clean-up that fails when it is run twice. */
export function breaksWhenRepeated({ actions }: PathView): Action | undefined {
  return actions.find(
    ({ effect, step }) =>
      effect.kind === 'releases' && effect.release.row.again !== undefined && !step.isOnError,
  );
}

/** Whether a second signal runs nothing again: a guard, or a listener that is gone after the first. */
export function isRunOnce(path: ShutdownPath): boolean {
  return isOnce(path) || path.view.isGuarded;
}

/** Whether the listener is gone after the first signal. */
export function isOnce({ listener: { call } }: ShutdownPath): boolean {
  return call.callee.kind === 'member' && /^(once|prependOnceListener)$/.test(call.callee.property);
}
