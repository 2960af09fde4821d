import { serve } from '@hono/node-server';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono } from 'hono';

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  server.registerTool('open', {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return { content: [{ type: 'text', text: 'opened' }] };
  });
  return server;
});

const app = new Hono();
app.all('/mcp', (c) => handler.fetch(c.req.raw));
app.all('/mcp/internal', (c) => handler.fetch(c.req.raw));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
