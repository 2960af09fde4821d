import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { flush } from '@sentry/node';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

async function leave(): Promise<void> {
  await flush(2_000);
  process.exit(0);
}

process.on('SIGTERM', leave);
await server.connect(new StdioServerTransport());
