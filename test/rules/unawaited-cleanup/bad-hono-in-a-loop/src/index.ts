import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { toFetchResponse, toReqRes } from 'fetch-to-node';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createServer } from './mcp.js';
import { queue } from './queue.js';

const app = new Hono();

app.get('/ready', (c) => c.text('ok'));

app.post('/mcp', async (c) => {
  const { req, res } = toReqRes(c.req.raw);
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, await c.req.json());
  res.on('close', () => {
    transport.close();
    server.close();
  });
  return toFetchResponse(res);
});

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8080) }, (info) => {
  console.log(`http://localhost:${info.port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as NodeJS.Signals[]) {
  process.on(signal, () => {
    console.log(`received ${signal}`);
    queue.close();
    server.close();
    process.exit(0);
  });
}
