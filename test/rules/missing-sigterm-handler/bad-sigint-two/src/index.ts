import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
await server.connect(new StdioServerTransport());

process.on('SIGINT', () => console.error('one moment'));
process.on('SIGINT', async () => {
  await server.close();
  process.exit(0);
});
