import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { drain } from './drain.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
const app = express();
app.post('/mcp', async (request, response) => {
  if (isStopping) return response.status(503).end();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});

/* mcp-shutdown-disable-file */
const listener = app.listen(3000);

let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 8_000).unref();
  await drain();
  listener.close(() => process.exit(0));
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
