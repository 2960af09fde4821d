import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { type Request, type Response, Router } from 'express';
import { createServer } from './server.js';

const transports = new Map<string, StreamableHTTPServerTransport>();

export const mcpRouter = Router();

mcpRouter.post('/', async (req, res) => {
  const sessionId = req.header('mcp-session-id');
  const known = sessionId ? transports.get(sessionId) : undefined;
  if (known) {
    await known.handleRequest(req, res, req.body);
    return;
  }
  if (sessionId || !isInitializeRequest(req.body)) {
    res.status(sessionId ? 404 : 400).json({ error: 'no such session' });
    return;
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      transports.set(id, transport);
    },
  });
  transport.onclose = () => {
    if (transport.sessionId) transports.delete(transport.sessionId);
  };
  await createServer().connect(transport);
  await transport.handleRequest(req, res, req.body);
});

mcpRouter.get('/', ofSession);
mcpRouter.delete('/', ofSession);

async function ofSession(req: Request, res: Response): Promise<void> {
  const known = transports.get(req.header('mcp-session-id') ?? '');
  if (known) await known.handleRequest(req, res);
  else res.status(404).json({ error: 'no such session' });
}
