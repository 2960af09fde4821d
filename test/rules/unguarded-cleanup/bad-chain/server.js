import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool();
const app = Fastify();

app.post('/mcp', async (request, reply) => {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  server.registerTool('open', {}, async () => {
    const { rows } = await pool.query('select count(*) from tickets');
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  reply.hijack();
  await transport.handleRequest(request.raw, reply.raw, request.body);
});

await app.listen({ port: 3000 });

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), 9_000).unref();
    app
      .close()
      .then(() => pool.end())
      .then(() => process.exit(0));
  });
}
