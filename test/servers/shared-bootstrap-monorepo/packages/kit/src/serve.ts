import { randomUUID } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { onShutdown } from './shutdown.js';

export function serveHttp(makeServer: () => McpServer, port: number): void {
  const app = express();
  const transports = new Map<string, StreamableHTTPServerTransport>();
  app.use(express.json({ limit: '2mb' }));
  app.post('/mcp', async (req, res) => {
    let transport = transports.get(req.header('mcp-session-id') ?? '');
    if (!transport) {
      transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID(), onsessioninitialized: (id) => void transports.set(id, transport!) });
      await makeServer().connect(transport);
    }
    await transport.handleRequest(req, res, req.body);
  });
  const httpServer = app.listen(port);
  onShutdown(async () => {
    httpServer.close();
    await Promise.all([...transports.values()].map((one) => one.close()));
  });
}
