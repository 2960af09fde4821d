import type { McpServer } from '../server.ts';
import type { SignalListener } from '../signals.ts';

/**
 * Whether calls come over HTTP where a handler is registered: one entry may serve stdio in one start, with a handler of
 * its own, and HTTP in another.
 */
export function isOverNetwork(listener: SignalListener, server: McpServer): boolean {
  if (!server.isNetwork || !server.transports.has('stdio')) return server.isNetwork;
  const { startup } = server.shutdown;
  const mayRun = server.starts.filter((start) => !startup.areExclusive(listener, start));
  // A transport may be made for each request only: whether requests come at all, the listeners tell.
  return (
    mayRun.some(({ kind }) => kind === 'listen') &&
    mayRun.some(({ transport }) => transport !== undefined && transport !== 'stdio')
  );
}
