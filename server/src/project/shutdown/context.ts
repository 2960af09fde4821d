import type { Frame } from './frame.ts';
import type { Branch, Guard, Line, Spot, TimerStep } from './steps.ts';

/** Where the walk stands. */
export interface Cx {
  readonly frame: Frame;
  readonly line: Line;
  readonly via: readonly Spot[];
  readonly branches: readonly Branch[];
  readonly isRepeated: boolean;
  readonly guard: Guard | undefined;
  readonly isOnError: boolean;
  /** Whether somebody waits for what the function returns. */
  readonly returnsAwaited: boolean;
  /** The promises that are being made around here, the innermost last. */
  readonly promises: readonly PromiseScope[];
}

/** `new Promise((resolve, reject) => ...)` while its function is followed. */
export interface PromiseScope {
  /** Keys of the bindings that settle it. */
  readonly settles: ReadonlySet<string>;
  /** It is never rejected: its function only takes `resolve`. */
  readonly onlyResolves: boolean;
  /** Where it is settled, as far as that was met. */
  readonly settled: Settlement[];
  /** Timers that call the function that armed them again. */
  readonly repeats: TimerStep[];
}

export interface Settlement {
  readonly line: Line;
  readonly branches: readonly Branch[];
}
