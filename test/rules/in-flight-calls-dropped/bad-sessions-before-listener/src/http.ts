import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  lastUsed: number;
}

/** Serves over HTTP; what it gives stops that. */
export function serveHttp(port: number): () => Promise<void> {
  const app = express();
  app.use(express.json());
  const sessions = new Map<string, Session>();

  app.all('/mcp', async (request, response) => {
    let session = sessions.get(String(request.headers['mcp-session-id']));
    if (!session) {
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (id) => void sessions.set(id, { transport, lastUsed: Date.now() }),
      });
      await createServer().connect(transport);
      session = { transport, lastUsed: Date.now() };
    }
    session.lastUsed = Date.now();
    await session.transport.handleRequest(request, response, request.body);
  });

  const listener = app.listen(port);

  return async () => {
    for (const [id, session] of sessions) {
      try {
        await session.transport.close();
      } catch (error) {
        console.error('closing session', id, error);
      }
    }
    sessions.clear();
    return new Promise((resolve) => listener.close(() => resolve()));
  };
}
