import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { type CallToolResult, CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import express, { NextFunction, Request, Response } from 'express';
import { z } from 'zod';

/** The tool calls in flight, each as a way to answer it without its tool. */
const calls = new Set<(answer: CallToolResult) => void>();
/** The sessions' streams: the POST of a call is answered before it runs, its answer goes this way. */
const streams = new Set<Response>();
/** Aborted when shutdown has waited long enough. */
const giveUp = new AbortController();
let stoppedAt = 0;

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  trackToolCalls(server);

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: { ms: z.number() } },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: { ms: z.number() } },
    async ({ ms }, extra) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: extra.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: { bytes: z.number() } },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}

const app = express();
const transports: Record<string, SSEServerTransport> = {};

app.get('/health', (_req: Request, res: Response) => {
  if (stoppedAt > 0) res.status(503).send('shutting down');
  else res.send('ok');
});

app.get('/sse', admit, async (_req: Request, res: Response) => {
  const transport = new SSEServerTransport('/messages', res);
  transports[transport.sessionId] = transport;
  streams.add(res);
  res.on('close', () => {
    streams.delete(res);
    delete transports[transport.sessionId];
  });
  await createServer().connect(transport);
});

// The guard needs the body: it is parsed here, up to the size that the SDK takes.
app.post('/messages', express.json({ limit: '4mb' }), admit, async (req: Request, res: Response) => {
  const transport = transports[req.query.sessionId as string];
  if (transport) await transport.handlePostMessage(req, res, req.body);
  else res.status(400).send('No transport found for sessionId');
});

const PORT = process.env.PORT || 3001;
const listener = app.listen(PORT, () => {
  console.log(`Server is running on port ${PORT}`);
});

process.on('SIGTERM', () => shutDown('SIGTERM'));
process.on('SIGINT', () => shutDown('SIGINT'));

/** McpServer registers one handler for all tools, those of other modules too: count its calls here. */
function trackToolCalls({ server }: McpServer): void {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (schema, handler) =>
    setRequestHandler(schema, (request, extra) => {
      if ((schema as unknown) !== CallToolRequestSchema) return handler(request, extra);
      const signal = AbortSignal.any([extra.signal, giveUp.signal]);
      return new Promise((resolve, reject) => {
        calls.add(resolve);
        const call = Promise.resolve(handler(request, { ...extra, signal }));
        call.then(resolve, reject).finally(() => calls.delete(resolve));
      });
    });
}

/** Sends new requests away while the server shuts down; what belongs to a call in flight still passes. */
function admit(req: Request, res: Response, next: NextFunction): void {
  const request = [req.body].flat().find((message) => message?.method && message.id !== undefined);
  const isNew = req.method === 'GET' || request !== undefined;
  if (stoppedAt > 0 && isNew) {
    const error = { code: -32000, message: 'The server is shutting down' };
    res.status(503).set({ 'Retry-After': '1', Connection: 'close' });
    res.json({ jsonrpc: '2.0', error, id: request?.id ?? null });
    return;
  }
  next();
}

/** Lets the tool calls in flight finish, answers those that do not, closes everything and exits. */
async function shutDown(signal: string): Promise<void> {
  // SIGTERM may come several times, but a second Ctrl+C after a while is meant.
  if (stoppedAt > 0 && signal === 'SIGINT' && Date.now() - stoppedAt > 1_000) process.exit(130);
  if (stoppedAt > 0) return;
  stoppedAt = Date.now();
  await callsEnd(drainTimeout());
  process.exitCode = isBusy() ? 1 : 0;
  setTimeout(() => process.exit(1), 5_000);
  giveUp.abort();
  await callsEnd(250);
  const text = 'The server is shutting down and could not finish this call.';
  for (const answer of calls) answer({ isError: true, content: [{ type: 'text', text }] });
  calls.clear();
  await sleep(20);
  await callsEnd(500);
  // Only now: closing a transport aborts its calls.
  await step('sessions', () => Promise.allSettled(Object.values(transports).map((each) => each.close())));
  await step('listener', closeListener);
  process.exit();
}

function isBusy(): boolean {
  return calls.size > 0 || [...streams].some((stream) => stream.writableLength > 0);
}

async function callsEnd(maxMs: number): Promise<void> {
  const end = Date.now() + maxMs;
  while (isBusy() && Date.now() < end) await sleep(20);
}

/** One step of the cleanup: neither an error nor a hang keeps the next one from running. */
async function step(name: string, run: () => unknown): Promise<void> {
  const timeout = sleep(1_000).then(() => Promise.reject(new Error('timed out')));
  try {
    await Promise.race([Promise.resolve().then(run), timeout]);
  } catch (error) {
    process.exitCode = 1;
    console.error(`shutdown: ${name}:`, error);
  }
}

async function closeListener(): Promise<void> {
  const closed = new Promise((resolve) => listener.close(resolve));
  listener.closeIdleConnections();
  await Promise.race([closed, sleep(300)]);
  // What is left are streams without a call, and sockets that were opened and never used.
  listener.closeAllConnections();
}

function drainTimeout(): number {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '5000';
  if (/^\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  console.error(`DRAIN_TIMEOUT_MS must be a whole number of milliseconds, not "${text}": using 5000`);
  return 5_000;
}
