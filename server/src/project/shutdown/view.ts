import type { Expr } from '../../languages/source/facts.ts';
import { writtenName } from '../../languages/source/names.ts';
import { isFulfilling } from '../callers.ts';
import type { Execution } from '../execution.ts';
import type { HeldResource } from '../resources/held.ts';
import type { ShutdownOptions } from '../shutdownOptions.ts';
import { isMcpUse } from '../transports.ts';
import { isGlobal } from '../value.ts';
import type { Values } from '../values.ts';
import { type Effect, effectOf, releasedIn } from './effects.ts';
import { areExclusive, beginsBefore } from './order.ts';
import { statesOf } from './states.ts';
import type { CallStep, ExitStep, Line, SetStep, Spot, Step, TimerStep, WaitStep } from './steps.ts';
import type { Trace } from './trace.ts';
import { type Subject, subjectOf } from './waits.ts';

/** A call of the path with what it does. */
export interface Action {
  readonly step: CallStep;
  readonly effect: Effect;
}

/** A wait of the path with what it is for. */
export interface Drain {
  readonly step: WaitStep;
  readonly subject: Subject;
}

/** A timer that ends the process when shutting down takes too long. */
export interface Deadline {
  readonly timer: TimerStep;
  readonly exit: ExitStep;
}

/** What a shutdown path does, in the terms of the field. */
export class PathView {
  readonly actions: readonly Action[];
  readonly waits: readonly Drain[];
  /** Exits that are reached without a timer. */
  readonly exits: readonly ExitStep[];
  readonly deadlines: readonly Deadline[];
  /** Timers that look again and again whether the process may end. */
  readonly polls: readonly TimerStep[];

  constructor(
    readonly trace: Trace,
    private readonly values: Values,
    execution: Execution,
    private readonly options: ShutdownOptions,
  ) {
    const { steps } = trace;
    this.actions = steps.flatMap((step) =>
      step.kind === 'call' ? [{ step, effect: effectOf(step, values, options) }] : [],
    );
    this.waits = steps.flatMap((step) =>
      step.kind === 'wait' ? [{ step, subject: subjectOf(step, trace, values, execution) }] : [],
    );
    const exits = steps.filter((step): step is ExitStep => step.kind === 'exit');
    this.exits = exits.filter((exit) => timerOf(exit.line) === undefined);
    this.deadlines = exits.flatMap((exit) => {
      const timer = timerOf(exit.line);
      return timer && !timer.isInterval ? [{ timer, exit }] : [];
    });
    this.polls = exits.flatMap((exit) => {
      const timer = timerOf(exit.line);
      return timer?.isInterval && exit.branches.length > timer.branches.length ? [timer] : [];
    });
  }

  /** Calls that abort what is in flight. */
  get closesMcp(): readonly Action[] {
    return this.actions.filter(({ effect, step }) => effect.kind === 'closes-mcp' && !step.isOnError);
  }

  get closesListener(): readonly Action[] {
    return this.actions.filter(({ effect, step }) => effect.kind === 'closes-listener' && !step.isOnError);
  }

  /** Everything that is closed or released on the way, not only when something has failed. */
  get cleanups(): readonly Action[] {
    return this.actions.filter(
      ({ effect, step }) => effect.kind !== 'other' && effect.kind !== 'ends-connections' && !step.isOnError,
    );
  }

  /** Waits that give calls time to finish, or may do so: what is not known counts. */
  get drains(): readonly Drain[] {
    return this.waits.filter(
      ({ subject, step }) => step.isAwaited && subject.kind !== 'flag' && !isShort(subject),
    );
  }

  /** The wait for the calls, where one is; a stored promise that is awaited may well be of something else. */
  get mainDrain(): Drain | undefined {
    const { drains } = this;
    return drains.find(({ subject, step }) => subject.kind === 'calls' && step.how !== 'value') ?? drains[0];
  }

  /** Whether something may wait for the calls without that being seen: an unknown function, or that of another package. */
  mayWait({ step, effect }: Action): boolean {
    if (!step.isAwaited || (effect.kind !== 'other' && effect.kind !== 'closes-unknown')) return false;
    if (endsAsItLikes(step)) return true;
    return isUnknown(step)
      ? /drain|wait|idle|settle|flight|finish|complete|graceful|pending|quiesce|shutdown|terminate|stop/i.test(
          nameOf(step),
        )
      : isForeign(step) && /drain|wait|idle|settle|flight|graceful|quiesce|terminate/i.test(nameOf(step));
  }

  /** Whether something may end the process without that being seen. */
  mayExit({ step }: Action): boolean {
    // Whoever awaits the promise goes on: `await stopped; await server.close()` in the start.
    if (step.callees.some(isFulfilling) || endsAsItLikes(step)) return true;
    const words = wordsOf(nameOf(step));
    // What a package calls so, its own code does: `Actor.exit()`.
    if (isForeign(step)) return words.some((word) => /^exit$/i.test(word));
    return isUnknown(step) && words.some((word) => endingWords.test(word));
  }

  /** Whether a second signal is kept from running all of it again. */
  get isGuarded(): boolean {
    return this.guard !== undefined;
  }

  /** The step by which the first signal keeps a second one out. */
  get guard(): Step | undefined {
    return this.trace.steps.find((step) => {
      if (isOnceOnly(step) || isOnlyAbort(step, this.trace.steps)) return true;
      if (step.kind !== 'set' || isEmptied(step) || this.isLocal(step)) return false;
      // It is set where it was found not to be.
      const keys = new Set(statesOf({ ...step.spot, expr: step.target }, this.values).map(({ key }) => key));
      return step.branches.some(
        ({ test }) => test && statesOf(test, this.values).some(({ key }) => keys.has(key)),
      );
    });
  }

  /** A variable of the function that sets it, which is gone when that returns, or an element of something. */
  private isLocal({ target, spot }: SetStep): boolean {
    if (target.kind !== 'name') return target.kind !== 'member';
    return this.values.program.facts(spot.path)?.bindings[target.binding]?.owner === spot.fn;
  }

  /** Whether the path releases a resource; `maybe` where something that could not be followed may do it. */
  releases(resource: HeldResource): 'yes' | 'maybe' | 'no' {
    const found = this.actions.map(({ step }) => releasedIn(step, resource, this.values, this.options));
    return found.includes('yes') ? 'yes' : found.includes('maybe') ? 'maybe' : 'no';
  }

  /** A resource that is released although calls, which may need it, are waited for only then. */
  get releasedBeforeDrain(): { readonly action: Action; readonly wait: Spot } | undefined {
    const drain = this.mainDrain;
    if (drain?.subject.kind !== 'calls') return undefined;
    const action = this.actions.find(
      ({ step, effect }) =>
        effect.kind === 'releases' &&
        effect.release.row.step === 'data' &&
        !step.isOnError &&
        beginsBefore(step, drain.step) &&
        !areExclusive(step, drain.step),
    );
    return action && { action, wait: drain.step.spot };
  }
}

/** Words of the names of functions that may end the process. */
const endingWords =
  /^(exit|quit|die|bail|terminate|finish|done|end|stop|shutdown|shut|callback|cb|fn|handler)$/;

/** `forceExit` and `FORCE_EXIT` are `force` and `exit`; `sendMessage` ends nothing. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase());
}

function isUnknown({ callees }: CallStep): boolean {
  return callees.some(({ kind }) => kind === 'unknown');
}

/** mcp-use lets requests finish in its version 1 and aborts them in version 2, and closes its listener in both. */
function endsAsItLikes({ callees }: CallStep): boolean {
  return callees.some((callee) => isMcpUse(callee, 'close'));
}

/** Of a package: Node's own functions are known. */
function isForeign({ callees }: CallStep): boolean {
  return callees.some((callee) => callee.kind === 'foreign' && callee.module !== '');
}

/** `this.session = undefined`: that does not say that shutting down has begun. */
function isEmptied({ value }: SetStep): boolean {
  return (
    value.kind === 'literal' && (value.value === null || value.value === undefined || value.value === false)
  );
}

/** Too short to be meant for calls. */
function isShort(subject: Subject): boolean {
  return subject.kind === 'time' && subject.ms !== undefined && subject.ms < 500;
}

/** `x ??= shutDown()` in the handler, or in what it calls first, and listeners that are taken off. */
function isOnceOnly(step: Step): boolean {
  if (step.kind === 'set')
    return step.spot.expr.kind === 'assign' && isMemo(step.spot.expr) && step.via.length < 2;
  return step.kind === 'call' && /^(off|removeListener|removeAllListeners)$/.test(nameOf(step));
}

/** `controller.abort()` runs its listeners once, and they do all that is done. */
function isOnlyAbort(step: Step, steps: readonly Step[]): boolean {
  if (step.kind !== 'call' || !step.callees.some((callee) => isGlobal(callee, 'AbortController().abort')))
    return false;
  return steps.every(
    (other) =>
      other === step || other.kind === 'set' || other.via.some(({ expr }) => expr === step.spot.expr),
  );
}

/** `x ??= run()`, `x ||= run()`, `x = x || run()`. */
function isMemo({ operator, target, value }: Extract<Expr, { kind: 'assign' }>): boolean {
  if (operator === '??=' || operator === '||=') return true;
  if (value.kind !== 'choice' || !/^(\|\||\?\?)$/.test(value.operator)) return false;
  const { test } = value;
  if (target.kind === 'name') return test.kind === 'name' && test.binding === target.binding;
  return target.kind === 'member' && test.kind === 'member' && test.property === target.property;
}

/** What is called, as it is written. */
export function nameOf({ call: { callee } }: CallStep): string {
  return writtenName(callee);
}

/** The timer that has to fire before a line runs. */
function timerOf(line: Line): TimerStep | undefined {
  for (let at: Line | undefined = line; at; at = at.parent)
    if (at.starts.how === 'timer') return at.starts.timer;
  return undefined;
}
