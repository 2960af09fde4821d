import type { Server } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './mcp.js';

let listener: Server | undefined;
const connections = new Set<StreamableHTTPServerTransport>();

export async function startHttp(port: number): Promise<void> {
  const app = express();
  app.use(express.json());
  app.post('/mcp', async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    connections.add(transport);
    res.on('close', () => connections.delete(transport));
    await createServer().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  await new Promise<void>((resolve) => {
    listener = app.listen(port, () => resolve());
  });
}

export async function stopHttp(): Promise<void> {
  if (!listener) return;
  await Promise.all([...connections].map((transport) => transport.close()));
  listener.closeAllConnections();
  await new Promise<void>((resolve) => listener?.close(() => resolve()));
}
