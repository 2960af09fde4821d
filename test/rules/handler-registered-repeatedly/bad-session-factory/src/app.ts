import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Express } from 'express';
import { makeSessionServer } from './mcp/server.js';

export function createApp(): Express {
  const app = express();
  const transports: Record<string, StreamableHTTPServerTransport> = {};
  app.post('/', express.json(), async (req, res) => {
    const known = transports[String(req.headers['mcp-session-id'])];
    if (known) {
      await known.handleRequest(req, res, req.body);
      return;
    }
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        transports[id] = transport;
      },
    });
    await makeSessionServer().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  return app;
}
