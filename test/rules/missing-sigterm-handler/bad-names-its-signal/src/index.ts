import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import pg from 'pg';

const pool = new pg.Pool();
const server = new McpServer({ name: 'orders', version: '1.0.0' });
server.registerTool('orders', { description: 'Counts the orders' }, async () => {
  const { rows } = await pool.query('SELECT count(*) FROM orders');
  return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
});
await server.connect(new StdioServerTransport());

process.on('SIGINT', async () => {
  console.error(`Received SIGINT, ${pool.totalCount} connections are open`);
  await pool.end();
  console.error('Bye');
  process.exit(0);
});
