import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { logger } from 'hono/logger';
import { createServer } from './server.js';

const transports = new Map<string, WebStandardStreamableHTTPServerTransport>();
const app = new Hono();

app.use(logger((line) => console.error(line)));
app.use(
  '*',
  cors({
    origin: '*',
    allowHeaders: ['Content-Type', 'mcp-session-id', 'mcp-protocol-version', 'Last-Event-ID'],
    exposeHeaders: ['mcp-session-id'],
  }),
);

app.use('/mcp', async (c, next) => {
  const key = process.env.API_KEY;
  if (key && c.req.header('authorization') !== `Bearer ${key}`) return c.json({ error: 'not allowed' }, 401);
  await next();
});

app.get('/health', (c) => c.json({ status: 'ok' }));

app.post('/mcp', async (c) => {
  const body = await c.req.json();
  const sessionId = c.req.header('mcp-session-id');
  const known = sessionId ? transports.get(sessionId) : undefined;
  if (known) return known.handleRequest(c.req.raw, { parsedBody: body });
  if (sessionId) return c.json({ error: 'unknown session' }, 404);

  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      transports.set(id, transport);
    },
    onsessionclosed: (id) => {
      transports.delete(id);
    },
  });
  await createServer().connect(transport);
  return transport.handleRequest(c.req.raw, { parsedBody: body });
});

app.on(['GET', 'DELETE'], '/mcp', async (c) => {
  const known = transports.get(c.req.header('mcp-session-id') ?? '');
  return known ? known.handleRequest(c.req.raw) : c.json({ error: 'unknown session' }, 404);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, (info) => {
  console.log(`tickets server on http://localhost:${info.port}/mcp`);
});
