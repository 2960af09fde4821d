import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import fastify from 'fastify';
import { createServer } from './server.js';

const app = fastify();
app.post('/mcp', async (request, reply) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await createServer().connect(transport);
  await transport.handleRequest(request.raw, reply.raw, request.body);
});
await app.listen({ port: 3000 });

process.once('SIGINT', async function onInterrupt() {
  setTimeout(() => process.exit(1), 8_000).unref();
  await app.close();
  process.exit();
});
