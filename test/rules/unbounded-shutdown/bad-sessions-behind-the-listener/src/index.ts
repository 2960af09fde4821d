import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Fastify from 'fastify';

const transports = new Map<string, StreamableHTTPServerTransport>();
const app = Fastify();

app.post('/mcp', async (request, reply) => {
  const id = request.headers['mcp-session-id'];
  let transport = typeof id === 'string' ? transports.get(id) : undefined;
  if (!transport) {
    const made = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (session) => void transports.set(session, made),
    });
    await new McpServer({ name: 'topics', version: '1.0.0' }).connect(made);
    transport = made;
  }
  reply.hijack();
  await transport.handleRequest(request.raw, reply.raw, request.body);
});

async function stop() {
  await app.close();
  for (const transport of transports.values()) await transport.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
await app.listen({ port: 3000 });
