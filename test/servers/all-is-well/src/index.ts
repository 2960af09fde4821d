import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());
const transports = new Map<string, StreamableHTTPServerTransport>();
const pool = new pg.Pool();
let running = 0;
let isStopping = false;

app.all('/mcp', async (request, response) => {
  if (isStopping && !request.headers['mcp-session-id']) {
    response.status(503).set('Retry-After', '1').end();
    return;
  }
  let transport = transports.get(String(request.headers['mcp-session-id']));
  if (!transport) {
    const made = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void transports.set(id, made),
    });
    await createServer().connect(made);
    transport = made;
  }
  running += 1;
  response.on('close', () => (running -= 1));
  await transport.handleRequest(request, response, request.body);
});

const listener = app.listen(3000);

app.get('/health', (request, response) => {
  response.status(isStopping ? 503 : 200).json({ status: isStopping ? 'stopping' : 'ok' });
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function attempt(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(error);
  }
}

async function shutDown(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(50);
  await Promise.allSettled([...transports.values()].map((transport) => transport.close()));
  await attempt(() => new Promise((resolve) => listener.close(resolve)));
  await attempt(() => pool.end());
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, shutDown);
