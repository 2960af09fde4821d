import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpBindings, serve } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { Hono } from 'hono';
import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();
const transports = new Map<string, WebStandardStreamableHTTPServerTransport>();
let running = 0;

function createServer(): McpServer {
  const server = new McpServer({ name: 'calendar', version: '1.0.0' });
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

async function openSession(): Promise<WebStandardStreamableHTTPServerTransport> {
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      transports.set(id, transport);
    },
  });
  await createServer().connect(transport);
  //# session
  return transport;
}

const app = new Hono<{ Bindings: HttpBindings }>();

app.get('/health', (c) => c.json({ status: 'ok' }));

app.all('/mcp', async (c) => {
  if (c.req.method === 'POST') {
    running += 1;
    c.env.outgoing.on('close', () => {
      running -= 1;
    });
  }
  const transport = transports.get(c.req.header('mcp-session-id') ?? '') ?? (await openSession());
  return transport.handleRequest(c.req.raw);
});

const listener = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });

/** At most 5 s. */
export async function drained(): Promise<void> {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}
