import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Fastify from 'fastify';

export const app = Fastify({ logger: true, forceCloseConnections: 'idle' });

app.get('/healthz', async () => ({ ok: true }));

app.route({
  method: ['GET', 'POST', 'DELETE'],
  url: '/mcp',
  handler: async (request, reply) => {
    const server = new McpServer({ name: 'mail', version: '1.0.0' });
    server.registerTool('send_mail', {}, async () => {
      const answer = await fetch('https://mail.example/send', { method: 'POST' });
      if (answer.status === 401) {
        request.log.fatal('the token is not valid any more');
        process.exit(78);
      }
      return { content: [{ type: 'text', text: answer.statusText }] };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    reply.hijack();
    await transport.handleRequest(request.raw, reply.raw, request.body);
  },
});
