import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());
const transports = new Map<string, StreamableHTTPServerTransport>();
let running = 0;

app.all('/mcp', async (request, response) => {
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

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let stopping: Promise<void> | undefined;

async function shutDown(): Promise<void> {
  setTimeout(() => process.exit(1), 9_000).unref();
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await sleep(50);
  await Promise.allSettled([...transports.values()].map((transport) => transport.close()));
  await new Promise<void>((resolve) => listener.close(() => resolve()));
  process.exit(0);
}

process.on('SIGTERM', () => (stopping ??= shutDown()));
process.on('SIGINT', () => (stopping ??= shutDown()));

// Somebody was in a hurry once.
const watch = setInterval(() => console.error(`${running} calls`), 60_000);
watch.unref();
process.on('SIGTERM', () => process.exit(0));
