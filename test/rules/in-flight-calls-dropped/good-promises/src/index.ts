import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
const pending = new Set<Promise<unknown>>();

function track<T>(call: Promise<T>): Promise<T> {
  pending.add(call);
  return call.finally(() => pending.delete(call));
}

server.registerTool('wait', {}, () =>
  track(new Promise((resolve) => setTimeout(resolve, 1_000, { content: [{ type: 'text' as const, text: 'done' }] }))),
);

process.on('SIGTERM', async () => {
  const limit = new Promise((resolve) => setTimeout(resolve, 5_000));
  await Promise.race([Promise.allSettled([...pending]), limit]);
  await server.close();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
