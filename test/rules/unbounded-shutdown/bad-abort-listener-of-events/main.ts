import { addAbortListener } from 'node:events';
import type { Server } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { stopOnSignals, stopSignal } from './stop.js';

function closeWith(listener: Server, signal: AbortSignal): void {
  addAbortListener(signal, async () => {
    await new Promise<void>((resolve) => listener.close(() => resolve()));
    process.exit(0);
  });
}

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'listener-of-events', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
closeWith(app.listen(3000), stopSignal);
stopOnSignals();
