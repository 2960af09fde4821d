import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'todo', version: '1.0.0' });

process.on('SIGTERM', () => process.emit('SIGINT'));
process.on('SIGINT', async () => {
  await server.close();
  process.exit(0);
});

await server.connect(new StdioServerTransport());
