import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'todo', version: '1.0.0' });
let stopping = false;

process.on('SIGTERM', async () => {
  if (stopping) process.exit(1);
  stopping = true;
  await server.close();
  process.exit(0);
});

await server.connect(new StdioServerTransport());
