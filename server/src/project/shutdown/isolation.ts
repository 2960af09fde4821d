import { areExclusive, beginsBefore } from './order.ts';
import type { ShutdownPath } from './paths.ts';
import type { CallStep, Guard, Step } from './steps.ts';
import type { Action, PathView } from './view.ts';

/** A step that may fail, and those that are not run then. */
export interface Unguarded {
  readonly step: Action;
  readonly skipped: readonly Action[];
  /** Steps that run in its place, on the other side of a choice, and that something is skipped behind as well. */
  readonly instead: readonly Action[];
}

/** The steps of the clean-up whose failure keeps the process from coming to an exit. */
export function skipping(view: PathView): readonly Action[] {
  const [exit] = view.exits.filter(({ isOnError }) => !isOnError);
  return view.cleanups.filter(
    (action) => exit && mayFail(action) && action.step.line === exit.line && isSkipped(exit, action.step),
  );
}

function mayFail({ step }: Action): boolean {
  return step.isAwaited && !step.hidesFailure && step.line.starts.how !== 'timer';
}

/** The first step of the clean-up whose failure keeps later ones from running: nothing between them catches it. */
export function unguarded(view: PathView): Unguarded | undefined {
  const [first, ...others] = view.cleanups
    .filter(mayFail)
    .map((step) => ({ step, skipped: skippedBehind(step, view) }))
    .filter(({ skipped }) => skipped.length > 0);
  if (!first) return undefined;
  const instead = others.map(({ step }) => step).filter(({ step }) => areExclusive(step, first.step.step));
  return { ...first, instead };
}

function skippedBehind({ step }: Action, { cleanups }: PathView): readonly Action[] {
  return cleanups.filter(
    (other) =>
      other.step.line === step.line &&
      beginsBefore(step, other.step) &&
      other.step.call !== step.call &&
      !areExclusive(step, other.step) &&
      isSkipped(other.step, step),
  );
}

/** Whether a failure of one step keeps another one, which begins later, from running. */
function isSkipped({ guard }: Step, { guard: failing }: CallStep): boolean {
  const around = [...outwards(guard)];
  for (const met of outwards(failing)) {
    const isBeside = around.some(({ among }) => among !== undefined && among === met.among);
    if (isBeside && !around.includes(met)) return false;
    if (around.some(({ behind }) => behind === met)) return false;
    if (met.kind === 'catches') return around.includes(met);
  }
  return true;
}

/** Whether a step's own failure is caught before it meets what catches that of another one. */
export function isCaughtAlone({ guard }: CallStep, other: CallStep): boolean {
  const shared = [...outwards(other.guard)];
  return [...outwards(guard)].some((met) => met.kind === 'catches' && !shared.includes(met));
}

/** What a failure meets, the nearest first. */
function* outwards(guard: Guard | undefined): Generator<Guard> {
  for (let at = guard; at; at = at.outer) yield at;
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
