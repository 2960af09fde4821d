import type { McpServer } from '../server.ts';
import type { SignalListener } from '../signals.ts';

/**
 * Whether calls come over HTTP where a handler is registered: one entry may serve stdio in one start, with a handler of
 * its own, and HTTP in another.
 */
export function isOverNetwork(listener: SignalListener, server: McpServer): boolean {
  if (!server.isNetwork || !server.transports.has('stdio')) return server.isNetwork;
  const { startup } = server.shutdown;
  return server.starts.some(
    (start) =>
      start.transport !== undefined && start.transport !== 'stdio' && !startup.areExclusive(listener, start),
  );
}
