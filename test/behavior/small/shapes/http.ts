import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();
const transports = new Map<string, StreamableHTTPServerTransport>();
let running = 0;

function createMcpServer(): McpServer {
  const server = new McpServer({ name: 'invoices', version: '1.0.0' });
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
  await createMcpServer().connect(transport);
  //# session
  return transport;
}

async function handleMcp(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method === 'POST') {
    running += 1;
    res.on('close', () => {
      running -= 1;
    });
  }
  const transport = transports.get(String(req.headers['mcp-session-id'])) ?? (await openSession());
  await transport.handleRequest(req, res);
}

const listener = createServer(async (req, res) => {
  if (req.url === '/health') {
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  } else if (req.url === '/mcp') {
    await handleMcp(req, res);
  } else {
    res.writeHead(404).end();
  }
});

listener.listen(Number(process.env.PORT ?? 3000), () => console.error('listening'));

/** At most 5 s. */
export async function drained(): Promise<void> {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}
