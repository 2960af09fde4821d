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

async function stop(): Promise<void> {
  const begun = Date.now();
  while (running > 0 && Date.now() - begun < 5_000) await sleep(50);
  for (const transport of transports.values()) await transport.close();
  try {
    await new Promise<void>((resolve) => listener.close(() => resolve())); // every stream is over
    await sleep(100);
    // Nothing may take longer.
    const forced = setTimeout(() => {
      process.exit(1);
    }, 2_000);
    forced.unref(); // it alone keeps nothing alive
    await sleep(200);
  } finally {
    console.error(`stopped after ${Date.now() - begun} ms`);
    process.exit(0);
  }
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
