import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import pg from 'pg';
import { z } from 'zod';

const pool = new pg.Pool();
const server = new McpServer({ name: 'recipes', version: '1.0.0' });
let running = 0;

server.registerTool('find', { inputSchema: { id: z.string() } }, async ({ id }) => {
  running += 1;
  try {
    const { rows } = await pool.query('select * from recipes where id = $1', [id]);
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  } finally {
    running -= 1;
  }
});

let stopping;

async function stop() {
  setTimeout(() => process.exit(1), 9_000).unref();
  while (running > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  // Each is waited for, whatever becomes of the other.
  await Promise.allSettled([server.close(), pool.end()]);
  process.exit(0);
}

process.on('SIGTERM', () => (stopping ??= stop()));
process.on('SIGINT', () => (stopping ??= stop()));
process.stdin.on('end', () => (stopping ??= stop()));

await server.connect(new StdioServerTransport());
