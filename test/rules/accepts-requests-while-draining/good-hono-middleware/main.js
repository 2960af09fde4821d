import { serve } from '@hono/node-server';
import { StreamableHTTPTransport } from '@hono/mcp';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';
import { drain, inService, isUp } from './lifecycle.js';

const app = new Hono();
app.get('/ready', (c) => c.text(isUp() ? 'ready' : 'stopping', isUp() ? 200 : 503));
app.use('/mcp', inService);
app.all('/mcp', async (c) => {
  const server = new McpServer({ name: 'hono-guard', version: '1.0.0' });
  const transport = new StreamableHTTPTransport();
  await server.connect(transport);
  return transport.handleRequest(c);
});
const server = serve({ fetch: app.fetch, port: 3000 });

let stopping;
const stop = () => {
  stopping ??= drain(5000).finally(() => {
    server.close();
    process.exit(0);
  });
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
