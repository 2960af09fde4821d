import type { Histogram } from './histogram.ts';

/** What to set, from how long calls take. */
export interface Suggestion {
  /** For `DRAIN_TIMEOUT_MS`. */
  readonly drainTimeoutMs: number;
  /** The least grace period of the platform, in seconds, where it runs no preStop hook. */
  readonly gracePeriodSeconds: number;
  /** How many of the calls took longer than that drain timeout: they would have been cut off. */
  readonly longerCalls: number;
}

/** Above the 99th percentile, and above the drain timeout, in ms: for calls slower than usual, and for cleanup. */
export const bufferMs = 5_000;
/** Of fewer calls the 99th percentile is little more than the slowest one. */
export const fewCalls = 100;
/** The longest that a timer takes. */
const maxTimeoutMs = 2_147_483_647;

/** The drain timeout (P99 + 5 s) and the grace period that it needs (+ 5 s). */
export function suggestionFor(calls: Histogram): Suggestion {
  const drainTimeoutMs = Math.min(Math.ceil(calls.percentile(0.99)) + bufferMs, maxTimeoutMs);
  return {
    drainTimeoutMs,
    gracePeriodSeconds: Math.ceil((drainTimeoutMs + bufferMs) / 1000),
    longerCalls: calls.countAbove(drainTimeoutMs),
  };
}
