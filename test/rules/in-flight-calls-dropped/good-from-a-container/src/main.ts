import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { container } from 'tsyringe';
import { Lifecycle } from './lifecycle.js';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = container.resolve<McpServer>('server');
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

process.on('SIGTERM', async () => {
  await container.resolve(Lifecycle).stop();
  process.exit(0);
});
