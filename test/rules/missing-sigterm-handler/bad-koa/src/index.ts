import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Koa from 'koa';

const app = new Koa();

app.use(async (ctx) => {
  ctx.respond = false;
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'wiki', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(ctx.req, ctx.res);
});

app.listen(4000);
