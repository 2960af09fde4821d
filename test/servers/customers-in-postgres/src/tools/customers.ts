import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { query } from '../db.js';
import { logger } from '../logger.js';

export function registerCustomerTools(server: McpServer): void {
  server.registerTool(
    'find_customer',
    { title: 'Find customer', description: 'Looks a customer up by e-mail', inputSchema: { email: z.string().email() } },
    async ({ email }) => {
      const rows = await query<{ id: string; name: string }>('select id, name from customers where email = $1', [email]);
      return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
    },
  );

  server.registerTool(
    'merge_customers',
    { description: 'Moves all orders of one customer to another', inputSchema: { from: z.string(), to: z.string() } },
    async ({ from, to }) => {
      logger.info('merge', { from, to });
      await query('update orders set customer_id = $2 where customer_id = $1', [from, to]);
      await query('delete from customers where id = $1', [from]);
      return { content: [{ type: 'text', text: 'merged' }] };
    },
  );
}
