import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { createMcpServer } from './tools.js';

const sessions = new Map<string, StreamableHTTPServerTransport>();

async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function handlePost(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const message = await readJson(req);
  const sessionId = req.headers['mcp-session-id'];
  let transport = typeof sessionId === 'string' ? sessions.get(sessionId) : undefined;
  if (!transport) {
    if (!isInitializeRequest(message)) {
      res.writeHead(400).end('No session');
      return;
    }
    const created = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        sessions.set(id, created);
      },
    });
    created.onclose = () => {
      if (created.sessionId) sessions.delete(created.sessionId);
    };
    await createMcpServer().connect(created);
    transport = created;
  }
  await transport.handleRequest(req, res, message);
}

async function handleRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://localhost');
  if (url.pathname === '/health') {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ status: 'ok' }));
  } else if (url.pathname === '/mcp' && req.method === 'POST') {
    await handlePost(req, res);
  } else if (url.pathname === '/mcp' && (req.method === 'GET' || req.method === 'DELETE')) {
    const transport = sessions.get(String(req.headers['mcp-session-id']));
    if (transport) await transport.handleRequest(req, res);
    else res.writeHead(404).end();
  } else {
    res.writeHead(404).end();
  }
}

async function main(): Promise<void> {
  const port = Number(process.env.PORT ?? 3000);
  const httpServer = createServer((req, res) => {
    handleRequest(req, res).catch((error) => {
      console.error(error);
      if (!res.headersSent) res.writeHead(500).end();
    });
  });
  httpServer.listen(port, () => {
    console.log(`invoices server on port ${port}`);
  });
}

main();
