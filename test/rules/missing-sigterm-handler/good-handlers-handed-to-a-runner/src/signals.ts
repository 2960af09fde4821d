import { callsInFlight } from './calls.js';

export function heedSignals(): void {
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 8_000).unref();
  await Promise.allSettled(callsInFlight);
  process.exit(0);
}
