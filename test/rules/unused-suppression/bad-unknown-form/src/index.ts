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

app.listen(3000); // mcp-shutdown-disable-line missing-sigterm-handler
process.on('SIGTERM', async () => {
  await drain();
  process.exit(0);
});
