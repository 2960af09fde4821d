import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';
import { z } from 'zod';

const pool = new pg.Pool();
const app = express();
app.use(express.json());
const transports = new Map();
let running = 0;

app.get('/health', (_request, response) => {
  response.json({ status: 'ok' });
});

function createServer() {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
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

app.all('/mcp', async (request, response) => {
  let transport = transports.get(String(request.headers['mcp-session-id']));
  if (!transport) {
    const made = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void transports.set(id, made),
    });
    await createServer().connect(made);
    transport = made;
    //# session
  }
  if (request.method === 'POST') {
    running += 1;
    response.on('close', () => (running -= 1));
  }
  await transport.handleRequest(request, response, request.body);
});

const listener = app.listen(Number(process.env.PORT ?? 3000), () => console.error('listening'));

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** At most 5 s. */
export async function drained() {
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(20);
}
