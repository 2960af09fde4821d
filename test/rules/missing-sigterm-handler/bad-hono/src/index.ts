import { StreamableHTTPTransport } from '@hono/mcp';
import { serve } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';

const app = new Hono();
const server = new McpServer({ name: 'maps', version: '1.0.0' });

app.all('/mcp', async (c) => {
  const transport = new StreamableHTTPTransport();
  await server.connect(transport);
  return transport.handleRequest(c);
});

serve({ fetch: app.fetch, port: 8787 }, (info) => {
  console.log(`http://localhost:${info.port}`);
});
