import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { pool } from './database.js';

/** The tools of the server: they read and change orders. */
export function createServer(): McpServer {
  const server = new McpServer({ name: 'orders', version: '1.0.0' });

  server.registerTool(
    'find_orders',
    { description: 'Orders of a customer, newest first', inputSchema: { customer: z.string() } },
    async ({ customer }) => {
      const { rows } = await pool.query(
        'SELECT id, status, total FROM orders WHERE customer = $1 ORDER BY id DESC',
        [customer],
      );
      return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
    },
  );

  server.registerTool(
    'refund_order',
    { description: 'Refunds an order', inputSchema: { order: z.number().int() } },
    async ({ order }) => {
      await pool.query('INSERT INTO refunds (order_id) VALUES ($1)', [order]);
      await pool.query("UPDATE orders SET status = 'refunded' WHERE id = $1", [order]);
      return { content: [{ type: 'text', text: `Order ${order} is refunded.` }] };
    },
  );

  return server;
}
