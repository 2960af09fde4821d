import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Koa from 'koa';
import pg from 'pg';
import { z } from 'zod';

const pool = new pg.Pool();
const transports = new Map();
let running = 0;

function createServer() {
  const server = new McpServer({ name: 'wiki', version: '1.0.0' });
  server.registerTool('slow', { inputSchema: { ms: z.number() } }, async ({ ms }) => {
    console.error('slow: started');
    await sleep(ms);
    await pool.query('select 1');
    console.error('slow: finished');
    return { content: [{ type: 'text', text: 'slow done' }] };
  });
  //# tools
  return server;
}

async function openSession() {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void transports.set(id, transport),
  });
  await createServer().connect(transport);
  //# session
  return transport;
}

const app = new Koa();

app.use(async (ctx, next) => {
  if (ctx.path === '/health') ctx.body = { status: 'ok' };
  else await next();
});

app.use(async (ctx) => {
  if (ctx.path !== '/mcp') return;
  if (ctx.method === 'POST') {
    running += 1;
    ctx.res.on('close', () => (running -= 1));
  }
  const transport = transports.get(ctx.get('mcp-session-id')) ?? (await openSession());
  ctx.respond = false;
  await transport.handleRequest(ctx.req, ctx.res);
});

const listener = app.listen(Number(process.env.PORT ?? 3000), () => console.error('listening'));

/** At most 5 s. */
export async function drained() {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}
