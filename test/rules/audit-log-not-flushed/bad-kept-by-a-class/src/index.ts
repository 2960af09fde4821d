import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { trail } from './trail.js';

const server = new McpServer({ name: 'reports', version: '1.0.0' });
let running = 0;

server.registerTool('report', {}, async () => {
  running += 1;
  try {
    trail.record('report');
    return { content: [{ type: 'text', text: 'fine' }] };
  } finally {
    running -= 1;
  }
});

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  while (running > 0) await sleep(50);
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
await server.connect(new StdioServerTransport());
