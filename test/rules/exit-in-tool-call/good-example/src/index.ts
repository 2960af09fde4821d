import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';
import { stop } from './stop.js';

const app = express();
app.post('/mcp', express.json(), async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  const server = createServer();
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
const http = app.listen(3000);
process.on('SIGTERM', () => stop(http));
