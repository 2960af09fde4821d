import type { Range } from '../text/range.ts';
import { amountIn } from './drain/amount.ts';
import { helperDeadlines } from './drain/helpers.ts';
import { type TimeOnTheWay, timesOf } from './drain/walk.ts';
import { perServer } from './perServer.ts';
import type { McpServer } from './server.ts';

/** How long a server may take to shut down, by its own code. */
export interface DrainTimeout {
  readonly ms: number;
  /** `wait`: it waits that long for calls or the like; `deadline`: it forces the exit then. */
  readonly kind: 'wait' | 'deadline';
  /** Where the number stands in the code. */
  readonly path: string;
  readonly range: Range;
  /** The number stands there in ms, as it is. */
  readonly isPlain: boolean;
  /** The environment variable that sets it, where there is one. */
  readonly variable: string | undefined;
}

/** `DRAIN_TIMEOUT_MS`, `SHUTDOWN_GRACE_PERIOD` and the like. */
const drainName = /drain|shut_?down|grace/i;

/** What is known of a variable: `undefined` for one that is not set, no `value` for one that is set from elsewhere. */
export type Environment = (name: string) => { readonly value: string | undefined } | undefined;

/** A shorter wait only lets something settle. In ms. */
const shortestWait = 1_000;
/** A longer one is not a part of any shutdown. In ms. */
const longestWait = 3_600_000;

/**
 * How long a server may take between a signal and its end: the longest that it waits, or after which it forces the
 * exit. `undefined` where it does neither, and where that depends on something unknown.
 * @param otherwiseMs what counts where a variable decides that is not known
 */
export function drainTimeout(
  server: McpServer,
  signal: string,
  environment: Environment = () => undefined,
  otherwiseMs?: number,
): DrainTimeout | undefined {
  return described(drainAmong(knownTimes(server, signal, environment, otherwiseMs)));
}

/**
 * The forced exit that limits what a server does after its drain: the earliest one that does not come before the
 * drain's end, `ms` counted from the signal. `undefined` where none is known, and where the drain itself is one.
 */
export function forcedExit(
  server: McpServer,
  signal: string,
  environment: Environment = () => undefined,
  otherwiseMs?: number,
): DrainTimeout | undefined {
  const times = knownTimes(server, signal, environment, otherwiseMs);
  const drain = drainAmong(times);
  if (drain?.kind !== 'wait') return undefined;
  const exits = times.flatMap((time, index) => {
    if (time.kind !== 'deadline') return [];
    // What is armed behind the wait counts from there.
    const ms = index < times.indexOf(drain) ? time.ms : drain.ms + time.ms;
    return [{ ...time, ms }];
  });
  return described(
    exits.reduce<KnownTime | undefined>(
      (first, next) => (first && first.ms <= next.ms ? first : next),
      undefined,
    ),
  );
}

/** The times that count, in the order in which the handlers come to them; none where one depends on something unknown. */
function knownTimes(
  server: McpServer,
  signal: string,
  environment: Environment,
  otherwiseMs: number | undefined,
): readonly KnownTime[] {
  const times = timesOn(server, signal).map((time) => ({
    ...time,
    ms: amountIn(time.amount, environment) ?? (time.amount.variable && otherwiseMs),
  }));
  if (times.some(({ amount, ms }) => ms === undefined && amount.variable)) return [];
  return times.flatMap(({ ms, ...time }) => {
    return ms !== undefined && ms >= shortestWait && ms <= longestWait ? [{ ...time, ms }] : [];
  });
}

function drainAmong(known: readonly KnownTime[]): KnownTime | undefined {
  const waits = known.filter(({ kind }) => kind === 'wait');
  // Of a wait that can be set from outside by that name it is said what it is; others may give each step its time.
  const wait =
    longest(waits.filter(({ amount }) => drainName.test(amount.variable?.name ?? ''))) ?? longest(waits);
  if (!wait) return longest(known);
  // A forced exit that was armed before the wait ends it.
  const before = known.slice(0, known.indexOf(wait));
  return before.find(({ kind, ms }) => kind === 'deadline' && ms < wait.ms) ?? wait;
}

interface KnownTime extends TimeOnTheWay {
  readonly ms: number;
}

function longest(times: readonly KnownTime[]): KnownTime | undefined {
  return times.reduce<KnownTime | undefined>(
    (most, next) => (most && most.ms >= next.ms ? most : next),
    undefined,
  );
}

function described(time: KnownTime | undefined): DrainTimeout | undefined {
  if (!time) return undefined;
  const { amount, ms, kind } = time;
  const { path, range, isPlain, variable } = amount;
  return { ms, kind, path, range, isPlain, variable: variable?.name };
}

const timesBySignal = perServer(() => new Map<string, readonly TimeOnTheWay[]>());

function timesOn(server: McpServer, signal: string): readonly TimeOnTheWay[] {
  const bySignal = timesBySignal(server);
  let times = bySignal.get(signal);
  if (!times) {
    const heard = server.listeners.filter(({ signals }) => signals.includes(signal));
    const handlers = heard.flatMap((listener) => listener.handlers);
    const { values } = server.calls;
    times = [...helperDeadlines(server.execution, values), ...timesOf(handlers, values)];
    bySignal.set(signal, times);
  }
  return times;
}
