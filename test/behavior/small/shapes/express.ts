import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, type Response } from 'express';
import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();
const transports = new Map<string, StreamableHTTPServerTransport>();
let running = 0;

function createServer(): McpServer {
  const server = new McpServer({ name: 'orders', version: '1.0.0' });
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

const mcpPath = process.env.MCP_PATH ?? '/mcp';
const app = express();
app.use(express.json());

app.get('/health', (_req, res) => {
  res.json({ status: 'ok' });
});

app.all(mcpPath, async (req: Request, res: Response) => {
  if (req.method === 'POST') {
    running += 1;
    res.on('close', () => {
      running -= 1;
    });
  }
  const transport = transports.get(String(req.headers['mcp-session-id'])) ?? (await openSession());
  await transport.handleRequest(req, res, req.body);
});

const listener = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.error('listening');
});

/** At most 5 s. */
export async function drained(): Promise<void> {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}
