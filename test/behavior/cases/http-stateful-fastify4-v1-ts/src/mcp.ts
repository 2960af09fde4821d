import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { database } from './database.js';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const server = new McpServer({ name: 'bookings', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: { ms: z.number() } },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      await database().query('select 1');
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: { ms: z.number() } },
    async ({ ms }, extra) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: extra.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: { bytes: z.number() } },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}

const transports: Record<string, StreamableHTTPServerTransport> = {};

async function handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const sessionId = request.headers['mcp-session-id'] as string | undefined;
  let transport = sessionId ? transports[sessionId] : undefined;
  if (!transport && request.method !== 'POST') {
    await reply.code(404).send({ error: 'No such session' });
    return;
  }
  if (!transport) {
    const created = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        transports[id] = created;
      },
    });
    created.onclose = () => {
      if (created.sessionId) delete transports[created.sessionId];
    };
    await createServer().connect(created);
    transport = created;
  }
  reply.hijack();
  await transport.handleRequest(request.raw, reply.raw, request.body);
}

export async function mcpRoutes(app: FastifyInstance): Promise<void> {
  app.post('/mcp', { bodyLimit: 4 * 1024 * 1024 }, handle);
  app.get('/mcp', handle);
  app.delete('/mcp', handle);
}
