import type { Launcher } from '../run/start.ts';
import { later, type SmallRun } from './running.ts';
import type { ShapeName } from './shapes.ts';

/** What a client, an operator or a load balancer sees. */
export type Observed = Readonly<Record<string, string | number | boolean>>;

/** A mistake in a handler, what is done to a server that has it, and how it must come out without and with the fix. */
export interface SmallScenario {
  /** Names the code in handlers/. Starts with the rule's id. */
  readonly name: string;
  readonly rule: string;
  /** For the table: what must hold after the fix. */
  readonly meaning: string;
  readonly shapes: readonly ShapeName[];
  /** Those that `npm test` runs. */
  readonly core?: readonly ShapeName[];
  /** Of the fix; default: the preferred one is taken. */
  readonly title?: RegExp;
  run(launcher: Launcher): Promise<Observed>;
  isBad(seen: Observed): boolean;
  isGood(seen: Observed): boolean;
}

/** How long the calls of most scenarios take, in ms. */
export const callMs = 800;

/** Longer than any wait and any deadline of the servers, in ms. */
export const patienceMs = 12_000;

/** One call in flight, one signal. */
export async function stopped(run: SmallRun, signal: NodeJS.Signals = 'SIGTERM'): Promise<Observed> {
  const { answer } = await run.callInFlight(callMs);
  run.signal(signal);
  return { call: await answer, end: await run.exitWithin(patienceMs) };
}

/** One call in flight, one SIGTERM; `look` sees the server while it waits. */
export async function lookedAtWhileStopping(
  run: SmallRun,
  look: () => Promise<Observed>,
  ms = callMs,
): Promise<Observed> {
  const { answer } = await run.callInFlight(ms);
  run.signal('SIGTERM');
  await later(undefined, 200);
  const seen = await look();
  return { ...seen, call: await answer, end: await run.exitWithin(patienceMs) };
}

export const isLost = ({ call }: Observed) => call === 'lost';
export const isAnswered = ({ call, end }: Observed) => call === 'answered' && end === 'exit 0';
