import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { logger } from './logger.js';

const server = new McpServer({ name: 'orders', version: '1.0.0' });
let running = 0;

server.registerTool('order', {}, async () => {
  running += 1;
  try {
    logger.info('ordered');
    await sleep(100);
    return { content: [{ type: 'text', text: 'done' }] };
  } finally {
    running -= 1;
  }
});

let isStopping = false;
async function stop() {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  while (running > 0) await sleep(50);
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
await server.connect(new StdioServerTransport());
