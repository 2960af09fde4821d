import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Pool } from 'pg';
import { drain } from 'lifecycle-kit';

const pool = new Pool();
const server = new McpServer({ name: 'reports', version: '1.0.0' });
await server.connect(new StdioServerTransport());

process.on('SIGINT', async () => {
  // Reports that are being written come first.
  await drain(server);
  await pool.end();
  process.exit(0);
});
