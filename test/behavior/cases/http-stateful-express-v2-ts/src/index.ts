import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { isInitializeRequest, McpServer } from '@modelcontextprotocol/server';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const server = new McpServer({ name: 'tasks', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }, ctx) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: ctx.mcpReq.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: z.object({ bytes: z.number() }) },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}

const transports: { [sessionId: string]: NodeStreamableHTTPServerTransport } = {};

async function handlePost(req: Request, res: Response): Promise<void> {
  const sessionId = req.header('mcp-session-id');
  if (sessionId && transports[sessionId]) {
    await transports[sessionId].handleRequest(req, res, req.body);
    return;
  }
  if (!isInitializeRequest(req.body)) {
    res.status(400).json({ jsonrpc: '2.0', error: { code: -32000, message: 'Bad Request' }, id: null });
    return;
  }
  const transport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      transports[id] = transport;
    },
  });
  transport.onclose = () => {
    if (transport.sessionId) delete transports[transport.sessionId];
  };
  await createServer().connect(transport);
  await transport.handleRequest(req, res, req.body);
}

async function handleSession(req: Request, res: Response): Promise<void> {
  const transport = transports[req.header('mcp-session-id') ?? ''];
  if (transport) await transport.handleRequest(req, res);
  else res.status(404).send('Session not found');
}

const app = express();
app.use(express.json());
app.get('/health', (_req, res) => void res.send('ok'));
app.post('/mcp', handlePost);
app.get('/mcp', handleSession);
app.delete('/mcp', handleSession);

const port = Number(process.env.PORT ?? 3000);
const httpServer = app.listen(port, () => {
  console.log(`tasks server on port ${port}`);
});
httpServer.keepAliveTimeout = 65_000;
