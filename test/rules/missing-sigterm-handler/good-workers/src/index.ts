import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { Hono } from 'hono';

const app = new Hono();

app.all('/mcp', async (c) => {
  const transport = new WebStandardStreamableHTTPServerTransport();
  await new McpServer({ name: 'notes', version: '1.0.0' }).connect(transport);
  const response = await transport.handleRequest(c.req.raw);
  c.executionCtx.waitUntil(transport.close());
  return response;
});

export default app;
