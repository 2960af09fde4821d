import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { watchClient } from './watch.js';

const server = new McpServer({ name: 'watchdogs', version: '1.0.0' });
server.registerTool('noop', {}, async () => ({ content: [] }));

watchClient();
process.on('SIGTERM', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await server.close();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
