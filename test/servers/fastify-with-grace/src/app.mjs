import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Fastify from 'fastify';
import { createClient } from 'redis';
import { createMcp } from './mcp.mjs';

export async function buildApp() {
  const app = Fastify({ logger: true });
  const redis = createClient({ url: process.env.REDIS_URL });
  await redis.connect();
  app.decorate('redis', redis);
  app.addHook('onClose', async () => {
    await redis.quit();
  });

  app.get('/health', async () => ({ ok: redis.isReady }));

  app.post('/mcp', async (request, reply) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    const mcp = createMcp(redis);
    reply.hijack();
    reply.raw.on('close', () => void mcp.close());
    await mcp.connect(transport);
    await transport.handleRequest(request.raw, reply.raw, request.body);
  });

  return app;
}
