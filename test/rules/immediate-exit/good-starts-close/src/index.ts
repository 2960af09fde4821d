import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'todo', version: '1.0.0' });
await server.connect(new StdioServerTransport());

// Not awaited: another rule speaks of it.
process.on('SIGTERM', () => {
  server.close();
  process.exit(0);
});
