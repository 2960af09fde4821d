import type { Range } from '../text/range.ts';
import { type Amount, amountIn } from './drain/amount.ts';
import { type Times, timesOf } from './drain/walk.ts';
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

/** What is known of a variable: `undefined` for one that is not set, no `value` for one that is set from elsewhere. */
export type Environment = (name: string) => { readonly value: string | undefined } | undefined;

/** A shorter wait only lets something settle. In ms. */
const shortestWait = 1_000;
/** A longer one is not a part of any shutdown. In ms. */
const longestWait = 3_600_000;

/**
 * How long a server may take between a signal and its end: the longest that it waits, or after which it forces the
 * exit. `undefined` where it does neither, and where that depends on something unknown.
 */
export function drainTimeout(
  server: McpServer,
  signal: string,
  environment: Environment = () => undefined,
): DrainTimeout | undefined {
  const { waits, deadlines } = timesOn(server, signal);
  const inForce = (amounts: readonly Amount[]) =>
    amounts.map((amount) => ({ amount, ms: amountIn(amount, environment) }));
  const [waiting, forced] = [inForce(waits), inForce(deadlines)];
  if ([...waiting, ...forced].some(({ amount, ms }) => ms === undefined && amount.variable)) return undefined;
  const wait = longest(waiting);
  const deadline = longest(forced);
  if (wait && (!deadline || wait.ms <= deadline.ms)) return described(wait.amount, wait.ms, 'wait');
  return deadline && described(deadline.amount, deadline.ms, 'deadline');
}

function longest(
  amounts: readonly { readonly amount: Amount; readonly ms: number | undefined }[],
): { amount: Amount; ms: number } | undefined {
  let most: { amount: Amount; ms: number } | undefined;
  for (const { amount, ms } of amounts) {
    if (ms === undefined || ms < shortestWait || ms > longestWait) continue;
    if (!most || ms > most.ms) most = { amount, ms };
  }
  return most;
}

function described(amount: Amount, ms: number, kind: DrainTimeout['kind']): DrainTimeout {
  const { path, range, isPlain, variable } = amount;
  return { ms, kind, path, range, isPlain, variable: variable?.name };
}

const known = new WeakMap<McpServer, Map<string, Times>>();

function timesOn(server: McpServer, signal: string): Times {
  const bySignal = known.get(server) ?? new Map<string, Times>();
  known.set(server, bySignal);
  let times = bySignal.get(signal);
  if (!times) {
    const heard = server.listeners.filter(({ signals }) => signals.includes(signal));
    times = timesOf(
      heard.flatMap(({ handlers }) => handlers),
      server.calls.values,
    );
    bySignal.set(signal, times);
  }
  return times;
}
