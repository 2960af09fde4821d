import Fastify from 'fastify';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

async function main() {
  const app = Fastify();
  const calls = new Set();
  let stopping = false;

  app.post('/mcp', async (request, reply) => {
    calls.add(request);
    reply.raw.once('close', () => calls.delete(request));
    reply.hijack();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await new McpServer({ name: 'notes', version: '1.0.0' }).connect(transport);
    await transport.handleRequest(request.raw, reply.raw, request.body);
  });
  await app.listen({ port: 3000 });

  const shutDown = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 8_000).unref();
    for (const end = Date.now() + 5_000; calls.size > 0 && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 50));
    await app.close();
    process.exit(0);
  };
  process.on('SIGTERM', shutDown);
  process.on('SIGINT', shutDown);
}

main();
