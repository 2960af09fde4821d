import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { loadSpecification } from './specification.js';

const app = express();
app.use((request, response, next) => {
  if (request.headers['x-abort']) process.abort();
  next();
});
app.post('/mcp', express.json(), async (request, response) => {
  const specification = await loadSpecification('openapi.json');
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: specification.title, version: '1.0.0' }).connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(3000);
process.on('SIGTERM', async () => {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  process.exit(0);
});
