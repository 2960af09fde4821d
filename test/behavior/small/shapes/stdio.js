import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import pg from 'pg';
import { z } from 'zod';

const pool = new pg.Pool();
const server = new McpServer({ name: 'recipes', version: '1.0.0' });
let running = 0;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

server.registerTool('slow', { inputSchema: z.object({ ms: z.number() }) }, async ({ ms }) => {
  running += 1;
  try {
    console.error('slow: started');
    await sleep(ms);
    await pool.query('select 1');
    console.error('slow: finished');
    return { content: [{ type: 'text', text: 'slow done' }] };
  } finally {
    running -= 1;
  }
});
//# tools

/** At most 5 s. */
export async function drained() {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}

await server.connect(new StdioServerTransport());
console.error('listening');
