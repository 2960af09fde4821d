import type { McpServer } from './server.ts';
import type { ShutdownPaths } from './shutdown/paths.ts';

/**
 * Remembers what is worked out for a server as long as its sources and settings stay the same, whatever says how it is
 * run: an edit of a Dockerfile asks nothing of the code again. The result must not hold the server's declarations.
 */
export function perServer<T>(workOut: (server: McpServer) => T): (server: McpServer) => T {
  const known = new WeakMap<ShutdownPaths, { readonly result: T }>();
  return (server) => {
    let found = known.get(server.shutdown);
    if (!found) {
      found = { result: workOut(server) };
      known.set(server.shutdown, found);
    }
    return found.result;
  };
}
