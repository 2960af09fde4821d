import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { pool, report } from './db.js';

const server = new McpServer({ name: 'reports', version: '1.0.0' });
let running = 0;

server.registerTool('report', {}, async () => {
  running += 1;
  try {
    return { content: [{ type: 'text', text: await report() }] };
  } finally {
    running -= 1;
  }
});

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  while (running > 0) await sleep(50);
  await server.close();
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
await server.connect(new StdioServerTransport());
