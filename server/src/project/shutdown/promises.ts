import type { CallExpr } from '../program.ts';
import type { Cx, PromiseScope, Settlement } from './context.ts';
import type { Log, Pending } from './log.ts';
import { looksAtLimit } from './loops.ts';
import type { CallStep, Line, Spot, Step, TimerStep } from './steps.ts';

/**
 * What awaiting `new Promise(...)` waits for, once its function has been followed: the calls whose callbacks settle
 * it, a poll, or just a time.
 */
export function settle(
  scope: PromiseScope,
  pending: Pending,
  call: CallExpr,
  cx: Cx,
  isAwaited: boolean,
  log: Log,
): void {
  const ways = scope.settled.map((settlement) => wayOf(settlement, cx.line));
  const calls = ways.flatMap((way) => way.calls);
  const timers = ways.flatMap((way) => way.timers);
  const polls = [...timers.filter(({ isInterval }) => isInterval), ...scope.repeats];
  const limit = timers.find((timer) => !polls.includes(timer));
  const looks = polls.length > 0 && scope.settled.some((settlement) => isAtLimit(settlement, cx));
  const bound = limit ? { ms: limit.delayMs } : looks ? { ms: undefined } : undefined;
  // What an event tells is the work of the calls beside its registration: `log.on('finish', resolve).end()`.
  const begun = calls.some(isRegistration) ? pending.steps.filter((step) => step.kind === 'call') : [];
  for (const step of [...calls, ...begun]) {
    if (isAwaited) step.isAwaited = true;
    if (bound) step.bound ??= bound;
    step.hidesFailure ||= scope.onlyResolves;
  }
  if (isAwaited) log.join({ steps: [], lines: pending.lines }, call, cx);
  if (polls.length > 0) {
    const condition = scope.settled.flatMap(({ branches }) =>
      branches.flatMap(({ test }): Spot[] => (test ? [test] : [])),
    );
    log.add({ kind: 'wait', how: 'poll', condition, isAwaited, bound }, call, cx);
  } else if (calls.length === 0 && limit) {
    log.add({ kind: 'wait', how: 'sleep', condition: [], isAwaited, bound }, call, cx);
  } else if (scope.settled.length === 0) {
    // Its resolve function is kept somewhere: another part of the program decides.
    log.add({ kind: 'wait', how: 'value', condition: [], isAwaited, bound: undefined }, call, cx);
  }
}

/** `emitter.once('finish', resolve)`: it is not what settles the promise, but tells when something else has. */
function isRegistration({ call: { callee } }: CallStep): boolean {
  return (
    callee.kind === 'member' &&
    /^(on|once|addListener|addEventListener|prepend(Once)?Listener)$/.test(callee.property)
  );
}

/** What is looked at again and again is also how long that has gone on: `if (Date.now() - start > max) resolve()`. */
function isAtLimit({ branches }: Settlement, { branches: outer }: Cx): boolean {
  return branches.slice(outer.length).some(({ test }) => test !== undefined && looksAtLimit(test.expr));
}

/** From the line on which a promise is settled back to the one that awaits it. */
function wayOf({ line }: Settlement, awaiting: Line): { calls: CallStep[]; timers: TimerStep[] } {
  const calls: CallStep[] = [];
  const timers: TimerStep[] = [];
  for (let at: Line | undefined = line; at && at !== awaiting; at = at.parent) {
    if (at.starts.how === 'callback') calls.push(at.starts.of);
    if (at.starts.how === 'timer') timers.push(at.starts.timer);
  }
  return { calls, timers };
}

/** What races with a timer is waited for no longer than that, and the timer is no wait of its own. */
export function bindRace(raced: readonly Step[]): void {
  const sleep = raced.find((step) => step.kind === 'wait' && step.how === 'sleep');
  const timer = raced.find((step): step is TimerStep => step.kind === 'timer' && !step.isInterval);
  if (!sleep && !timer) return;
  const bound = { ms: sleep?.kind === 'wait' ? sleep.bound?.ms : timer?.delayMs };
  if (sleep?.kind === 'wait') sleep.isAwaited = false;
  const bind = (step: Step): void => {
    if (step.kind === 'join') step.joined.steps.forEach(bind);
    else if (step.kind === 'call' || (step.kind === 'wait' && step.how !== 'sleep')) step.bound ??= bound;
  };
  raced.forEach(bind);
}
