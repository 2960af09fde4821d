import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr } from '../program.ts';
import type { Value } from '../value.ts';

/** An expression in its file. */
export interface Spot {
  readonly path: string;
  readonly fn: number;
  readonly expr: Expr;
}

/**
 * One line of execution: steps that follow each other. The handler is the first; what is started and not awaited, a
 * timer's callback and a callback that something calls when it is done run on lines of their own.
 */
export interface Line {
  readonly id: number;
  readonly starts:
    | { readonly how: 'handler' }
    /** An async function that is called and not awaited. */
    | { readonly how: 'unawaited' }
    /** `server.close(callback)`: when that step is over, or an event of it. */
    | { readonly how: 'callback'; readonly of: CallStep }
    | { readonly how: 'timer'; readonly timer: TimerStep };
  readonly parent: Line | undefined;
  /** How many steps of its parent come before it. */
  readonly at: number;
  readonly steps: Step[];
}

/** One side of a choice: which `if`, `catch`, `? :` or call with several possible callees, and which side of it. */
export interface Branch {
  readonly of: object;
  readonly side: number;
  /** What decides, where it is an expression. */
  readonly test: Spot | undefined;
  /** It is what follows `if (test) return`: the usual way, unless the guard before it holds. */
  readonly isRest: boolean;
}

/** What a failure meets on its way out of the handler: one object for each time that it is run. */
export interface Guard {
  /** `catches`: it goes no further. `passes`: a `try` without `catch`. `always`: what runs behind such a one in any case. */
  readonly kind: 'catches' | 'passes' | 'always';
  /** `always`: the `try` that it belongs to. */
  readonly behind?: Guard;
  /** Others that are begun at the same time, `Promise.all([...])`, have the same. */
  readonly among?: object;
  readonly outer: Guard | undefined;
}

interface Base {
  readonly spot: Spot;
  /** The calls that lead from the handler here, the handler's own first. */
  readonly via: readonly Spot[];
  readonly line: Line;
  readonly index: number;
  /** Under which conditions it runs. */
  readonly branches: readonly Branch[];
  /** It stands in a `catch`: it runs when something has failed. */
  readonly isOnError: boolean;
  readonly isRepeated: boolean;
  /**
   * What catches its failure: one run of the innermost `try` with a `catch`, a `.catch()` or `allSettled`; `undefined`
   * for none.
   */
  readonly guard: Guard | undefined;
}

/** A call that leaves the project, or that cannot be followed. */
export interface CallStep extends Base {
  readonly kind: 'call';
  readonly call: CallExpr;
  readonly callees: readonly Value[];
  /** Its line does not go on before it is over. */
  isAwaited: boolean;
  /** The longest that its line waits for it: `ms` is undefined where it is not known. */
  bound: Bound | undefined;
  /** Its failure is told to a callback that does not heed it: `new Promise((resolve) => server.close(() => resolve()))`. */
  hidesFailure: boolean;
}

export interface Bound {
  readonly ms: number | undefined;
}

/** The process ends here. */
export interface ExitStep extends Base {
  readonly kind: 'exit';
  /** `undefined` where no code, or not a plain one, is given. */
  readonly code: number | undefined;
}

/** A timer is armed. */
export interface TimerStep extends Base {
  readonly kind: 'timer';
  readonly delay: Expr | undefined;
  readonly delayMs: number | undefined;
  readonly isInterval: boolean;
}

/** The line waits until something has a certain state, or for a time. */
export interface WaitStep extends Base {
  readonly kind: 'wait';
  /**
   * `poll`: looks at it again and again; `promises`: a collection of promises; `value`: a stored promise; `sleep`: a
   * time; `said`: people say that the function called waits for the calls.
   */
  readonly how: 'poll' | 'promises' | 'value' | 'sleep' | 'said';
  /** The expressions that tell whether the wait is over. */
  readonly condition: readonly Spot[];
  isAwaited: boolean;
  bound: Bound | undefined;
}

/** Something is remembered: a variable or a field gets a value. */
export interface SetStep extends Base {
  readonly kind: 'set';
  readonly target: Expr;
  readonly value: Expr;
}

/** From here on everything on another line is over, too. */
export interface JoinStep extends Base {
  readonly kind: 'join';
  readonly joined: Line;
}

export type Step = CallStep | ExitStep | TimerStep | WaitStep | SetStep | JoinStep;
