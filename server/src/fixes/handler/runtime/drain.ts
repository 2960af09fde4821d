import type { RuntimeNeeds } from './needs.ts';
import { forcedExit, givingUp } from './shutDown.ts';
import { readTimeout, timeout } from './steps.ts';

/** `drain()`: for a framework that hears the signals and closes everything itself. */
export function drain(needs: RuntimeNeeds): string {
  return `/** Lets the calls in flight finish and answers those that do not: the exit code is 1 then. */
async function drain()‹: Promise<void>› {
  stoppedAt = Date.now();
  // A second Ctrl+C after a while is meant.
  setTimeout(() => process.once('SIGINT', () => process.exit(130)), 1_000).unref();
${readTimeout(needs)}
  await settled(${timeout(needs)});
${forcedExit(needs)}.unref();
${givingUp(needs)}
}`;
}
