import type { Server } from 'node:http';

interface Deps {
  listener: Server;
  /** Replaced by tests. */
  process?: Pick<NodeJS.Process, 'on' | 'exit'>;
}

export function handleSignals(deps: Deps): void {
  const proc = deps.process ?? process;
  const stop = () => deps.listener.close(() => proc.exit(0));
  proc.on('SIGTERM', stop);
  proc.on('SIGINT', stop);
}
