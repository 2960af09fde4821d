const fastify = require('fastify');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const { trace } = require('./trace');

let running = 0;
let leaving = false;

async function turnAway(_request, reply) {
  if (leaving) return reply.code(503).send({ status: 'leaving' });
}

function parcels() {
  const server = new McpServer({ name: 'parcels', version: '1.0.0' });
  server.registerTool('where', {}, async () => ({ content: [{ type: 'text', text: 'in the van' }] }));
  return server;
}

const app = fastify();

app.get('/health', { onRequest: [trace, turnAway] }, async () => ({ status: 'fine' }));

app.route({
  method: 'POST',
  url: '/mcp',
  preHandler: turnAway,
  handler: async (request, reply) => {
    running += 1;
    reply.raw.once('close', () => {
      running -= 1;
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    reply.hijack();
    await parcels().connect(transport);
    await transport.handleRequest(request.raw, reply.raw, request.body);
  },
});

app.listen({ port: 3000, host: '0.0.0.0' });

async function leave() {
  if (leaving) return;
  leaving = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  const until = Date.now() + 6_000;
  while (running > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  await app.close();
  process.exit(0);
}

process.on('SIGTERM', leave);
process.on('SIGINT', leave);
