import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { drain } from './drain.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
const app = express();
app.post('/mcp', async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});

/* mcp-shutdown-disable-file */
const listener = app.listen(3000);

process.on('SIGTERM', async () => {
  await drain();
  listener.close(() => process.exit(0));
});
