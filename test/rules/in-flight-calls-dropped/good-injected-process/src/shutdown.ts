import type { Server } from 'node:http';

export interface Dependencies {
  listener: Server;
  requests: { readonly count: number };
  graceMs?: number;
  process?: Pick<NodeJS.Process, 'on' | 'exit'>;
}

export function registerShutdownHandlers(deps: Dependencies): void {
  const proc = deps.process ?? process;
  const graceMs = deps.graceMs ?? 8_000;
  let closing = false;

  const shutdown = (signal: string): void => {
    if (closing) return;
    closing = true;
    console.error(`${signal}: waiting for ${deps.requests.count} requests`);
    // not waited for: the requests are, below
    deps.listener.close();
    const deadline = Date.now() + graceMs;
    const poll = setInterval(() => {
      if (deps.requests.count === 0 || Date.now() >= deadline) {
        clearInterval(poll);
        proc.exit(deps.requests.count === 0 ? 0 : 1);
      }
    }, 50);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) proc.on(signal, () => shutdown(signal));
}
