import Router from '@koa/router';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';

const app = new Koa();
const router = new Router();
const calls = new Set();
let stopping = false;

router.get('/readyz', (ctx) => {
  ctx.status = 200;
  ctx.body = 'ready';
});

router.post('/mcp', async (ctx) => {
  if (stopping) ctx.throw(503, 'stopping');
  ctx.respond = false;
  const call = {};
  calls.add(call);
  ctx.res.on('close', () => calls.delete(call));
  const server = new McpServer({ name: 'koa-health', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(ctx.req, ctx.res, ctx.request.body);
});

app.use(bodyParser()).use(router.routes());
const listener = app.listen(3000);

const shutdown = async () => {
  if (stopping) return;
  stopping = true;
  const timer = setTimeout(() => process.exit(1), 8000);
  while (calls.size) await new Promise((resolve) => setTimeout(resolve, 50));
  clearTimeout(timer);
  listener.close(() => process.exit(0));
  listener.closeAllConnections();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
