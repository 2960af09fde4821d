import { StreamableHTTPTransport } from '@hono/mcp';
import { createAdaptorServer } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';

const app = new Hono();
app.all('/mcp', async (c) => {
  const transport = new StreamableHTTPTransport();
  await new McpServer({ name: 'maps', version: '1.0.0' }).connect(transport);
  return transport.handleRequest(c);
});

const listener = createAdaptorServer({ fetch: app.fetch });
listener.listen(3000, '0.0.0.0');
