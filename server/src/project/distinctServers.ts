import { dirname } from '../text/paths.ts';
import type { McpServer } from './server.ts';

/** Each server once, in the order of folders, and none that was left behind beside the real one. */
export function distinctServers(servers: readonly McpServer[]): McpServer[] {
  return withoutLeftovers(withoutRepeats(servers));
}

/**
 * A file that nothing names and nothing imports, in a package whose real server is named, is an experiment or was
 * left behind.
 */
function withoutLeftovers(servers: readonly McpServer[]): McpServer[] {
  const named = new Set(
    servers.filter(({ declaredAt }) => declaredAt.length > 0).map((server) => server.packageFile),
  );
  return servers.filter(({ declaredAt, packageFile }) => declaredAt.length > 0 || !named.has(packageFile));
}

/** Of entries that are one server the one that is declared, else the first, stays; declarations are joined. */
function withoutRepeats(servers: readonly McpServer[]): McpServer[] {
  const kept: McpServer[] = [];
  for (const server of servers) {
    const index = kept.findIndex((known) => areOne(known, server));
    const known = kept[index];
    if (!known) kept.push(server);
    else {
      const [first, other] =
        known.declaredAt.length === 0 && server.declaredAt.length > 0 ? [server, known] : [known, server];
      kept[index] = { ...first, declaredAt: [...first.declaredAt, ...other.declaredAt] };
    }
  }
  return kept.sort((a, b) => (dirname(a.entry) < dirname(b.entry) ? -1 : 1));
}

/** Entries that only share the code that starts them are servers of their own: one may listen, the other not. */
function areOne(a: McpServer, b: McpServer): boolean {
  const loadsOther = a.execution.live.has(b.entry) || b.execution.live.has(a.entry);
  return loadsOther && startsKey(a) === startsKey(b);
}

function startsKey({ starts }: McpServer): string {
  return starts
    .map(({ path, call }) => `${path}:${call.start}`)
    .sort()
    .join('|');
}
