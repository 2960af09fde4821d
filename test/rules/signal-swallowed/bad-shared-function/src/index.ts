import Fastify from 'fastify';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createServer } from './tools.js';

export async function start() {
  const app = Fastify();
  const transports = new Set<StreamableHTTPServerTransport>();

  app.post('/mcp', async (request, reply) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    transports.add(transport);
    reply.hijack();
    await createServer().connect(transport);
    await transport.handleRequest(request.raw, reply.raw, request.body);
  });
  await app.listen({ port: 3000 });

  const cleanup = async () => {
    console.log('closing sessions');
    for (const transport of transports) await transport.close();
  };
  process.on('SIGTERM', cleanup);
  process.on('SIGINT', () => void cleanup());
  return { app, cleanup };
}

await start();
