import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());
const transports = new Map<string, { transport: StreamableHTTPServerTransport; since: number }>();
let running = 0;

app.all('/mcp', async (request, response) => {
  let transport = transports.get(String(request.headers['mcp-session-id']))?.transport;
  if (!transport) {
    const made = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void transports.set(id, { transport: made, since: Date.now() }),
    });
    await createServer().connect(made);
    transport = made;
  }
  running += 1;
  response.on('close', () => (running -= 1));
  await transport.handleRequest(request, response, request.body);
});

const listener = app.listen(3000);

function idle(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (transports.size === 0) {
        clearInterval(timer);
        resolve();
      }
    }, 200);
  });
}

process.on('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 30_000);
  await idle();
  process.exit(0);
});
