import type { HeldResource } from '../resources/held.ts';
import type { McpServer } from '../server.ts';
import { isOverNetwork } from './network.ts';
import { alwaysBeginsBefore, areExclusive, beginsBefore, isCertain, isOverBefore } from './order.ts';
import type { ShutdownPath } from './paths.ts';
import { staysUp } from './staysUp.ts';
import type { ExitStep, Spot } from './steps.ts';
import type { Action, Drain, PathView } from './view.ts';

/**
 * What is the first thing wrong with a path, worst first; the later ones are not asked about while an earlier one
 * holds, because mending it mends or moots them.
 */
export type Judgement =
  /** It does something that cannot be followed; nothing is said. */
  | { readonly kind: 'unknown' }
  /** It exits before it has waited for or started anything. */
  | { readonly kind: 'exits at once' }
  /** It starts clean-up and exits without waiting for it. */
  | { readonly kind: 'does not await'; readonly action: Action; readonly exit: ExitStep }
  /** It neither exits nor lets go of what keeps the process alive. */
  | { readonly kind: 'never ends'; readonly kept: HeldResource | undefined }
  /** It closes, or exits, while calls are in flight. `pretended`: it waits for something that nothing fills. */
  | { readonly kind: 'drops calls'; readonly at: Action | ExitStep; readonly pretended: Drain | undefined }
  /** It waits for the calls after having aborted them. */
  | { readonly kind: 'drains too late'; readonly action: Action; readonly wait: Spot }
  /** It lets the calls finish before it closes; by a wait of its own, or by waiting for the HTTP listener. */
  | { readonly kind: 'drains' };

/** A forced exit that comes sooner than this, in ms, is the way out itself. */
const minDrainMs = 500;

/** What a path amounts to. */
export function judge({ listener, view }: ShutdownPath, server: McpServer): Judgement {
  if (!view.trace.isComplete || !listener.isCertain || server.handledBy) return { kind: 'unknown' };
  if (listener.firstSteps.length > 0 && listener.firstSteps.every(({ kind }) => kind === 'exits'))
    return { kind: 'exits at once' };
  const isNetwork = () => isOverNetwork(listener, server);
  const unawaited = notAwaited(view, isNetwork);
  if (unawaited) return unawaited;
  return neverEnds(view, server, isNetwork) ?? closing(view);
}

/** Clean-up that is begun, and an exit that comes before it can be over. */
function notAwaited(view: PathView, isNetwork: () => boolean): Judgement | undefined {
  for (const exit of view.exits) {
    if (exit.isOnError) continue;
    const begun = view.cleanups.filter(
      ({ step }) =>
        beginsBefore(step, exit) &&
        !areExclusive(step, exit) &&
        !isOverBefore(step, exit) &&
        step.callees.length > 0,
    );
    const action =
      begun.find((one) => takesTime(one) && !hasTimeFor(one, exit, view)) ??
      // Over stdio no call comes through a listener: waiting for it gives none of them time.
      (isNetwork() ? onlyListener(begun, view) : undefined);
    if (action) return { kind: 'does not await', action, exit };
  }
  return undefined;
}

/** Whether releasing something is not over when the call returns. */
export function takesTime({ effect }: Action): boolean {
  if (effect.kind === 'closes-mcp') return true;
  return effect.kind === 'releases' && !effect.release.isAtOnce;
}

/** Something is waited for after the clean-up was begun: it may well be over by then. */
function hasTimeFor({ step: begun }: Action, exit: ExitStep, { trace }: PathView): boolean {
  return trace.steps.some(
    (step) =>
      (step.kind === 'wait' || step.kind === 'call') &&
      step.isAwaited &&
      beginsBefore(begun, step) &&
      isOverBefore(step, exit),
  );
}

/** The listener alone is closed, nobody waits for it, and nothing else gives the calls time. */
function onlyListener(begun: readonly Action[], view: PathView): Action | undefined {
  const listener = begun.find(({ effect }) => effect.kind === 'closes-listener');
  const isElse = view.closesMcp.length > 0 || view.drains.length > 0 || hides(view, 'mayWait');
  return listener && !isElse ? listener : undefined;
}

/** No exit anywhere, and something keeps the process alive: the listener, or a resource. */
function neverEnds(view: PathView, server: McpServer, isNetwork: () => boolean): Judgement | undefined {
  if (view.exits.length > 0 || view.deadlines.length > 0 || hides(view, 'mayExit')) return undefined;
  const unknown = view.actions.filter(
    ({ effect, step }) =>
      effect.kind === 'closes-unknown' && step.callees.some(({ kind }) => kind === 'unknown'),
  );
  if (isNetwork()) {
    if (unknown.length > 0) return undefined;
    if (view.closesListener.length === 0) return { kind: 'never ends', kept: undefined };
  }
  const kept = isNetwork() ? staysUp(view, server) : heldOverStdio(view, server);
  return kept && { kind: 'never ends', kept };
}

function heldOverStdio(view: PathView, { resources }: McpServer): HeldResource | undefined {
  return resources.find(
    (resource) => resource.keepsAlive && resource.lifetime === 'process' && view.releases(resource) === 'no',
  );
}

/** Whether calls are let finish, aborted first, or dropped. */
function closing(view: PathView): Judgement {
  const [close] = [...view.closesMcp].sort((a, b) => (beginsBefore(a.step, b.step) ? -1 : 1));
  const drains = view.drains.filter(({ subject }) => subject.kind !== 'nothing').map(({ step }) => step);
  const [poll] = view.polls;
  if (poll) {
    const isLate =
      close && beginsBefore(close.step, poll) && !drains.some((wait) => isOverBefore(wait, close.step));
    return isLate ? { kind: 'drains too late', action: close, wait: poll.spot } : { kind: 'drains' };
  }
  const exits = [...view.exits, ...view.deadlines.map(({ exit }) => exit)].filter(
    ({ isOnError }) => !isOnError,
  );
  // In another case one transport may be closed, or a second Ctrl+C may exit, before the wait.
  const ends = close ? view.closesMcp.map(({ step }) => step) : exits;
  const end = close?.step ?? exits.find(isCertain) ?? exits[0];
  // Nothing is left that could end the calls: the process ends behind the wait, when its listener has.
  if (!end) return { kind: drains.length > 0 && view.closesListener.length > 0 ? 'drains' : 'unknown' };
  if (!close && endsByItself(view)) return { kind: 'drains' };
  const waits = [...drains, ...view.closesListener.map(({ step }) => step)].filter(
    (wait) => !view.closesMcp.some(({ step }) => alwaysBeginsBefore(step, wait)),
  );
  if (waits.some((wait) => ends.some((each) => isOverBefore(wait, each)))) return { kind: 'drains' };
  if (view.actions.some((action) => view.mayWait(action) && beginsBefore(action.step, end)))
    return { kind: 'unknown' };
  // A promise of unknown making may be one of calls, but nothing is said of it.
  const late = view.drains.find(
    ({ subject, step }) => !(subject.kind === 'unknown' && step.how === 'value') && beginsBefore(end, step),
  )?.step;
  if (close && late) return { kind: 'drains too late', action: close, wait: late.spot };
  const pretended = view.drains.find(({ subject }) => subject.kind === 'nothing');
  return { kind: 'drops calls', at: close ?? (end as ExitStep), pretended };
}

/** The listener is closed and nothing exits but a timer for the worst case: the process ends with the last request. */
function endsByItself({ exits, deadlines, closesListener }: PathView): boolean {
  return (
    closesListener.length > 0 &&
    exits.every(({ isOnError }) => isOnError) &&
    deadlines.some(({ timer }) => (timer.delayMs ?? minDrainMs) >= minDrainMs)
  );
}

/** Whether something on the way may wait, or end the process, without that being seen. */
function hides(view: PathView, what: 'mayWait' | 'mayExit'): boolean {
  return view.actions.some((action) => view[what](action));
}
