import type { McpServer } from '../server.ts';
import { areExclusive, beginsBefore, isOverBefore } from './order.ts';
import type { CallStep, Step, WaitStep } from './steps.ts';
import { type Action, type Deadline, nameOf, type PathView } from './view.ts';

/** Steps that may take for ever, and that nothing limits, in order; none where the limit is there and only comes too late. */
export function unlimited(view: PathView): Step[] {
  if (lateDeadline(view)) return [];
  return view.trace.steps.filter((step) => {
    if (step.isOnError || !mayHang(step, view) || !holdsUp(step, view)) return false;
    return !view.deadlines.some((deadline) => covers(deadline, step));
  });
}

/** The way out leads over the step; what runs on a line that nobody waits for holds nothing up. */
function holdsUp(step: Step, view: PathView): boolean {
  const exits = view.exits.filter(({ isOnError }) => !isOnError);
  return exits.length === 0 || exits.some((exit) => isOverBefore(step, exit));
}

/** A deadline that is armed without waiting for a step, and not only in another case. */
function covers({ timer }: Deadline, step: Step): boolean {
  return !isOverBefore(step, timer) && !areExclusive(timer, step);
}

/** Whether a step that is waited for may take for ever. */
export function mayHang(step: Step, view: PathView): boolean {
  if (step.kind === 'wait')
    return step.isAwaited && !step.bound && step.how !== 'sleep' && isOwed(step, view);
  if (step.kind !== 'call' || step.bound) return false;
  const action = view.actions.find((one) => one.step === step);
  if (action?.effect.kind === 'closes-listener') return isWaitedFor(action, view) && !endsConnections(view);
  if (action?.effect.kind !== 'releases' || action.effect.release.isAtOnce) return false;
  return step.isAwaited && action.effect.release.row.mayHang === true;
}

/** For calls or sessions, or a look at a variable again and again until somebody changes it. */
function isOwed(step: WaitStep, { waits }: PathView): boolean {
  const subject = waits.find((wait) => wait.step === step)?.subject;
  if (subject?.kind === 'flag') return step.how === 'poll' && subject.state !== undefined;
  return subject?.kind === 'calls' || subject?.kind === 'sessions';
}

/** Why a step may not end, as the end of a sentence. */
export function whyItHangs(step: Step, { actions, waits }: PathView): string {
  const subject = waits.find((wait) => wait.step === step)?.subject;
  if (subject?.kind === 'flag') return `it goes on until "${subject.state?.name}" changes`;
  if (subject?.kind === 'sessions') return 'one client that stays connected holds it up';
  if (step.kind === 'wait') return 'one call that does not end holds it up';
  const effect = actions.find((one) => one.step === step)?.effect;
  if (effect?.kind === 'releases') {
    const { what, step: stage } = effect.release.row;
    return stage === 'telemetry'
      ? `the ${what} goes on trying while its collector cannot be reached`
      : `releasing the ${what} can hang`;
  }
  return 'the listener is closed when the last connection is, and one open stream or request holds it up';
}

/** Whether the path goes on only when the listener is closed: by its promise, by a callback that settles one or exits. */
function isWaitedFor({ step, effect }: Action, view: PathView): boolean {
  const isByPromise = effect.kind !== 'closes-listener' || effect.settles === 'promise';
  const exitsInside = view.exits.some((exit) => isOverBefore(step, exit) && exit.line !== step.line);
  // `await listener.close()` of Node's own waits for nothing: only a callback tells.
  return exitsInside || (step.isAwaited && (isByPromise || hasCallback(step)));
}

function hasCallback({ call }: CallStep): boolean {
  return call.args.length > 0;
}

function endsConnections({ actions }: PathView): boolean {
  return actions.some(({ effect, step }) => effect.kind === 'ends-connections' && /All/.test(nameOf(step)));
}

/** A forced exit that is the normal way out. */
export interface AlwaysForced {
  readonly listener: Action;
  readonly sessions: Action;
  readonly deadline: Deadline;
}

/** The listener is waited for first and the sessions, whose streams keep it open, are closed only then. */
export function closedBehindListener(
  view: PathView,
  server: McpServer,
): Omit<AlwaysForced, 'deadline'> | undefined {
  if (!server.isNetwork || endsConnections(view)) return undefined;
  for (const listener of view.closesListener) {
    if (!listener.step.isAwaited || !isWaitedFor(listener, view)) continue;
    const sessions = view.closesMcp.find(({ step }) => step.isRepeated && isOverBefore(listener.step, step));
    const before = view.closesMcp.some(({ step }) => step.isRepeated && beginsBefore(step, listener.step));
    if (sessions && !before) return { listener, sessions };
  }
  return undefined;
}

/** The same, where a timer forces the exit. */
export function alwaysForced(view: PathView, server: McpServer): AlwaysForced | undefined {
  const found = closedBehindListener(view, server);
  const deadline = found && view.deadlines.find((one) => covers(one, found.listener.step));
  return deadline && { ...found, deadline };
}

/** A timer that forces the exit, and what was awaited without a limit before it was armed. */
export function lateDeadline(view: PathView): { deadline: Deadline; awaited: CallStep } | undefined {
  const [first] = [...view.deadlines].sort((a, b) => (beginsBefore(a.timer, b.timer) ? -1 : 1));
  if (!first || first.exit.isOnError) return undefined;
  const awaited = view.cleanups.find(
    ({ step, effect }) =>
      step.isAwaited &&
      !step.bound &&
      // Closing a bare transport ends its streams and is over at once.
      !(effect.kind === 'closes-mcp' && effect.what === 'the transport') &&
      isOverBefore(step, first.timer) &&
      !areExclusive(step, first.timer),
  );
  // A timer at the end of the handler is its way out, not its limit.
  const hasMore = view.trace.steps.some(
    (step) => step.kind === 'call' && beginsBefore(first.timer, step) && step.line === first.timer.line,
  );
  const isLimit = hasMore || view.exits.some((exit) => !exit.isOnError);
  return awaited && isLimit ? { deadline: first, awaited: awaited.step } : undefined;
}
