import type { Server } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());
const running = new Set<express.Response>();

app.get('/health', (_request, response) => void response.json({ status: 'ok' }));

app.post('/mcp', async (request, response) => {
  running.add(response);
  response.on('close', () => running.delete(response));
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

async function main() {
  const port = Number(process.env.PORT ?? 3000);
  return app.listen(port);
}

let started: Server | undefined;
let isStopping = false;

async function stop(server: Server | undefined): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  server?.close();
  const end = Date.now() + 20_000;
  while (running.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 500));
  process.exitCode = running.size > 0 ? 1 : 0;
}

process.on('SIGINT', () => stop(started));
process.on('SIGTERM', () => stop(started));

main().then((server) => {
  started = server;
});
