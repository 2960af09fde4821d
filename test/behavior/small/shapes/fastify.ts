import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Fastify from 'fastify';
import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();
const transports = new Map<string, StreamableHTTPServerTransport>();
let running = 0;
//# state

function createServer(): McpServer {
  const server = new McpServer({ name: 'billing', version: '1.0.0' });
  server.registerTool('slow', { inputSchema: { ms: z.number() } }, async ({ ms }) => {
    console.error('slow: started');
    await sleep(ms);
    await pool.query('select 1');
    console.error('slow: finished');
    return { content: [{ type: 'text', text: 'slow done' }] };
  });
  //# tools
  return server;
}

async function openSession(): Promise<StreamableHTTPServerTransport> {
  const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      transports.set(id, transport);
    },
  });
  await createServer().connect(transport);
  //# session
  return transport;
}

const app = Fastify({ logger: false });

app.get('/health', async () => ({ status: 'ok' }));

app.route({
  method: ['GET', 'POST', 'DELETE'],
  url: '/mcp',
  handler: async (request, reply) => {
    if (request.method === 'POST') {
      running += 1;
      reply.raw.on('close', () => {
        running -= 1;
      });
    }
    const transport = transports.get(String(request.headers['mcp-session-id'])) ?? (await openSession());
    reply.hijack();
    await transport.handleRequest(request.raw, reply.raw, request.body);
  },
});

/** At most 5 s. */
export async function drained(): Promise<void> {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
const listener = app.server;
