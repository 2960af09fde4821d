import { randomUUID } from 'node:crypto';
import Router from '@koa/router';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { createServer } from './server.js';

const transports = new Map<string, StreamableHTTPServerTransport>();
const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  ctx.set('X-Powered-By', 'recipes');
  await next();
});
app.use(bodyParser({ jsonLimit: '4mb' }));

router.get('/health', (ctx) => {
  ctx.body = { status: 'ok' };
});

router.post('/mcp', async (ctx) => {
  const sessionId = ctx.get('mcp-session-id');
  let transport = transports.get(sessionId);
  if (!transport) {
    if (sessionId || !isInitializeRequest(ctx.request.body)) {
      ctx.status = sessionId ? 404 : 400;
      return;
    }
    const created = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        transports.set(id, created);
      },
    });
    created.onclose = () => {
      if (created.sessionId) transports.delete(created.sessionId);
    };
    await createServer().connect(created);
    transport = created;
  }
  ctx.respond = false;
  await transport.handleRequest(ctx.req, ctx.res, ctx.request.body);
});

router.get('/mcp', async (ctx) => {
  const transport = transports.get(ctx.get('mcp-session-id'));
  if (!transport) {
    ctx.status = 404;
    return;
  }
  ctx.respond = false;
  await transport.handleRequest(ctx.req, ctx.res);
});

router.delete('/mcp', async (ctx) => {
  const transport = transports.get(ctx.get('mcp-session-id'));
  if (!transport) {
    ctx.status = 404;
    return;
  }
  ctx.respond = false;
  await transport.handleRequest(ctx.req, ctx.res);
});

app.use(router.routes());
app.use(router.allowedMethods());

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => console.log(`recipes server on http://localhost:${port}/mcp`));
