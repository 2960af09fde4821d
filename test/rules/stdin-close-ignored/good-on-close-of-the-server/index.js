import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import pg from 'pg';
import { whenClientLeaves } from './lifecycle.js';

const pool = new pg.Pool();
const server = new McpServer({ name: 'on-close', version: '1.0.0' });
server.registerTool('now', {}, async () => {
  const { rows } = await pool.query('select now()');
  return { content: [{ type: 'text', text: String(rows[0].now) }] };
});
await server.connect(new StdioServerTransport());

whenClientLeaves(async () => {
  await pool.end();
  process.exit(0);
});
