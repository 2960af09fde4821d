import { setTimeout as delay } from 'node:timers/promises';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Response } from 'express';
import { createServer } from './tools.js';

/** The answers that callers still wait for. */
const owed = new Set<Response>();
let stopping: Promise<void> | undefined;

const app = express();
app.use(express.json());

app.get('/health', (_, response) => {
  response.sendStatus(stopping ? 503 : 200);
});

app.post('/mcp', async (request, response) => {
  if (stopping) {
    const error = { code: -32000, message: 'The server is shutting down.' };
    const id = request.body?.id ?? null;
    response.status(503).set({ 'Retry-After': '1', Connection: 'close' }).json({ jsonrpc: '2.0', error, id });
    return;
  }
  owed.add(response);
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => {
    owed.delete(response);
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

const listener = app.listen(3000);

async function shutDown(): Promise<void> {
  // Docker kills after 10 s: whatever happens below, it must be over by then.
  setTimeout(() => process.exit(1), 9_000).unref();
  // The listener stays open meanwhile, so that new callers are told to come back.
  const deadline = Date.now() + 5_000;
  while (owed.size > 0 && Date.now() < deadline) await delay(50);
  process.exitCode = owed.size > 0 ? 1 : 0;
  listener.close(() => process.exit());
  listener.closeIdleConnections();
  await delay(300);
  listener.closeAllConnections();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stopping ??= shutDown();
  });
}
