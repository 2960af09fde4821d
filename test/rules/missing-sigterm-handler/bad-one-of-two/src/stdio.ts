import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createServer } from './server.js';

const server = createServer();
process.once('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
