import type { EventEmitter } from 'node:events';

const names = { graceful: 'SIGTERM', interrupt: 'SIGINT' } as const;

/** An AbortSignal that is aborted when the process is asked to end. */
export function abortOnSignals(proc: EventEmitter = process): AbortSignal {
  const controller = new AbortController();
  for (const name of Object.values(names)) proc.once(name, () => controller.abort(new Error(name)));
  return controller.signal;
}
