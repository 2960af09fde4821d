import { setTimeout as sleep } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createServer, inFlight } from './server.js';

const server = createServer();

async function stop() {
  setTimeout(() => process.exit(1), 9_000).unref();
  while (inFlight() > 0) await sleep(50);
  await server.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
await server.connect(new StdioServerTransport());
