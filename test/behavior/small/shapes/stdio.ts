import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();
const server = new McpServer({ name: 'inventory', version: '1.0.0' });
let running = 0;

server.registerTool('slow', { inputSchema: { ms: z.number() } }, async ({ ms }) => {
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
export async function drained(): Promise<void> {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}

await server.connect(new StdioServerTransport());
console.error('listening');
