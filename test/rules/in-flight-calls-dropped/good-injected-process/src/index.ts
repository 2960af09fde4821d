import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { registerShutdownHandlers } from './shutdown.js';

const requests = { count: 0 };
const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  requests.count += 1;
  res.once('close', () => {
    requests.count -= 1;
  });
  const server = new McpServer({ name: 'wiki-like', version: '1.0.0' });
  server.registerTool('page', {}, async () => ({ content: [{ type: 'text', text: 'page' }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
registerShutdownHandlers({ listener: app.listen(8080), requests });
