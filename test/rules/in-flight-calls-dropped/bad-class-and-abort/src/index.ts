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

class Lifecycle {
  private readonly stop = new AbortController();

  constructor() {
    this.stop.signal.addEventListener('abort', () => void this.close());
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.stop.abort());
  }

  private async close(): Promise<void> {
    await Promise.all([...transports.values()].map(async (transport) => transport.close()));
    process.exit(0);
  }
}

new Lifecycle();
