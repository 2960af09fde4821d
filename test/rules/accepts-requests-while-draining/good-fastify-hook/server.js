'use strict';
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const fastify = require('fastify')({ logger: true });

let draining = false;
let pending = 0;

fastify.addHook('onRequest', async (request, reply) => {
  if (draining) {
    reply.code(503).header('connection', 'close');
    return reply.send({ error: 'draining' });
  }
  pending += 1;
  reply.raw.once('close', () => {
    pending -= 1;
  });
});

fastify.get('/health', async () => ({ status: 'ok' }));

fastify.post('/mcp', async (request, reply) => {
  const server = new McpServer({ name: 'fastify-guard', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  reply.hijack();
  await transport.handleRequest(request.raw, reply.raw, request.body);
});

async function onSignal() {
  if (draining) return;
  draining = true;
  const killer = setTimeout(() => process.exit(1), 9000);
  killer.unref();
  const until = Date.now() + 6000;
  while (pending > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await fastify.close();
  process.exit(0);
}

process.on('SIGTERM', onSignal);
process.on('SIGINT', onSignal);
fastify.listen({ port: 3000 });
