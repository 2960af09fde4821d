import { serve } from '@hono/node-server';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { toFetchResponse, toReqRes } from 'fetch-to-node';
import { Hono } from 'hono';
import { logger } from 'hono/logger';
import { redis } from './cache.js';
import { buildServer } from './mcp.js';

const app = new Hono();
app.use(logger());

app.get('/', (c) => c.text('search MCP server'));

app.post('/mcp', async (c) => {
  const { req, res } = toReqRes(c.req.raw);
  const server = buildServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => {
    transport.close();
    server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(req, res, await c.req.json());
  return toFetchResponse(res);
});

app.notFound((c) => c.json({ error: 'not found' }, 404));

const server = serve({ fetch: app.fetch, port: 3000 }, (info) => console.log(`http://localhost:${info.port}`));

process.on('SIGINT', () => {
  server.close();
  process.exit(0);
});
process.on('SIGTERM', () => {
  server.close((err) => {
    if (err) {
      console.error(err);
      process.exit(1);
    }
    redis.disconnect();
    process.exit(0);
  });
});
