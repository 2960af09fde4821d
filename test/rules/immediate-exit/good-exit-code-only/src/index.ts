import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'todo', version: '1.0.0' });

process.on('SIGTERM', () => {
  process.exitCode = 0;
  void server.close();
  setTimeout(() => process.exit(1), 3_000).unref();
});

await server.connect(new StdioServerTransport());
