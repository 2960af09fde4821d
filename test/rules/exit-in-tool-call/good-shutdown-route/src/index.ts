import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.post('/mcp', express.json(), async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'admin', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.post('/admin/shutdown', async (request, response) => {
  response.status(202).end();
  await shutDown();
});
const http = app.listen(3000);

async function shutDown() {
  await new Promise((resolve) => http.close(resolve));
  process.exit(0);
}
process.on('SIGTERM', shutDown);
