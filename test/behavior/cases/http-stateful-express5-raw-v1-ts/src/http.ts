import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, type Response } from 'express';
import { createServer } from './server.js';

const transports = new Map<string, StreamableHTTPServerTransport>();

async function handleSession(req: Request, res: Response) {
  const transport = transports.get(req.headers['mcp-session-id'] as string);
  if (!transport) {
    res.status(404).end();
    return;
  }
  await transport.handleRequest(req, res);
}

export function serveHttp(port: number): Server {
  const app = express();

  app.get('/health', (_req, res) => {
    res.sendStatus(200);
  });

  app.post('/mcp', async (req, res) => {
    const known = transports.get(req.headers['mcp-session-id'] as string);
    if (known) return known.handleRequest(req, res);

    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        transports.set(id, transport);
      },
    });
    transport.onclose = () => {
      transports.delete(transport.sessionId ?? '');
    };
    await createServer().connect(transport);
    await transport.handleRequest(req, res);
  });
  app.get('/mcp', handleSession);
  app.delete('/mcp', handleSession);

  return app.listen(port);
}
