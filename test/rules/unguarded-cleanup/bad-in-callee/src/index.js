import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Store } from './store.js';

const store = new Store();
const server = new McpServer({ name: 'recipes', version: '1.0.0' });
let running = 0;

server.registerTool('count', {}, async () => {
  running += 1;
  try {
    const { rows } = await store.pool.query('select count(*) from recipes');
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  } finally {
    running -= 1;
  }
});

let stopping;

async function stop() {
  setTimeout(() => process.exit(1), 9_000).unref();
  while (running > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await store.close();
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', () => (stopping ??= stop()));
process.on('SIGINT', () => (stopping ??= stop()));
process.stdin.on('end', () => (stopping ??= stop()));

await server.connect(new StdioServerTransport());
