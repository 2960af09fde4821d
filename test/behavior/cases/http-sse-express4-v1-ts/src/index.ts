import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { randomUUID } from 'node:crypto';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express, { Request, Response } from 'express';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });

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
app.use(express.json());

const transports: Record<string, StreamableHTTPServerTransport | SSEServerTransport> = {};

app.get('/health', (_req: Request, res: Response) => {
  res.send('ok');
});

app.all('/mcp', async (req: Request, res: Response) => {
  const sessionId = req.headers['mcp-session-id'] as string | undefined;
  let transport: StreamableHTTPServerTransport;
  const existing = sessionId ? transports[sessionId] : undefined;
  if (existing instanceof StreamableHTTPServerTransport) {
    transport = existing;
  } else if (!sessionId && req.method === 'POST' && isInitializeRequest(req.body)) {
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        transports[id] = transport;
      },
    });
    transport.onclose = () => {
      if (transport.sessionId) delete transports[transport.sessionId];
    };
    await createServer().connect(transport);
  } else {
    res.status(400).json({ jsonrpc: '2.0', error: { code: -32000, message: 'Bad request' }, id: null });
    return;
  }
  await transport.handleRequest(req, res, req.body);
});

app.get('/sse', async (_req: Request, res: Response) => {
  const transport = new SSEServerTransport('/messages', res);
  transports[transport.sessionId] = transport;
  res.on('close', () => {
    delete transports[transport.sessionId];
  });
  await createServer().connect(transport);
});

app.post('/messages', async (req: Request, res: Response) => {
  const transport = transports[req.query.sessionId as string];
  if (transport instanceof SSEServerTransport) await transport.handlePostMessage(req, res, req.body);
  else res.status(400).send('No transport found for sessionId');
});

app.listen(Number(process.env.PORT ?? 3000));
