import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
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

const transports: Record<string, StreamableHTTPServerTransport> = {};

const app = express();
app.use(express.json());

app.get('/health', (_req, res) => {
  res.json({ status: 'ok' });
});

app.post('/mcp', async (req, res) => {
  const sessionId = req.header('mcp-session-id');
  let transport = sessionId ? transports[sessionId] : undefined;
  if (!transport && isInitializeRequest(req.body)) {
    const created = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        transports[id] = created;
      },
    });
    created.onclose = () => {
      if (created.sessionId) delete transports[created.sessionId];
    };
    await createServer().connect(created);
    transport = created;
  }
  if (!transport) {
    res.status(400).json({ jsonrpc: '2.0', error: { code: -32000, message: 'No session' }, id: null });
    return;
  }
  await transport.handleRequest(req, res, req.body);
});

app.all('/mcp', async (req, res) => {
  const transport = transports[req.header('mcp-session-id') ?? ''];
  if (!transport) {
    res.status(404).send('No such session');
    return;
  }
  await transport.handleRequest(req, res);
});

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => {
  console.log(`tickets server listens on port ${port}`);
});

// Handle server shutdown
process.on('SIGINT', async () => {
  console.error('Shutting down server...');

  // Close all active transports to properly clean up resources
  for (const sessionId in transports) {
    try {
      console.error(`Closing transport for session ${sessionId}`);
      await transports[sessionId].close();
      delete transports[sessionId];
    } catch (error) {
      console.error(`Error closing transport for session ${sessionId}:`, error);
    }
  }
  console.error('Server shutdown complete');
  process.exit(0);
});
