import { onShutdown, serveHttp } from '@acme/kit';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import knex from 'knex';

const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });
onShutdown(() => db.destroy());

serveHttp(() => {
  const server = new McpServer({ name: 'billing', version: '1.0.0' });
  server.tool('void_invoice', async () => {
    await db('invoices').where({ state: 'draft' }).delete();
    return { content: [{ type: 'text', text: 'done' }] };
  });
  return server;
}, 8082);
