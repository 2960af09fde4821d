import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import pg from 'pg';

const pool = new pg.Pool();
const server = new McpServer({ name: 'notes', version: '1.0.0' });

process.on('SIGTERM', async () => {
  await server.close();
  pool.end();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
