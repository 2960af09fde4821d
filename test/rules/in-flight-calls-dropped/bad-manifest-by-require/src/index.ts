import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { addTools, createServer } from './config/server.js';

const server = createServer();
addTools(server);

async function stop() {
  await server.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
await server.connect(new StdioServerTransport());
