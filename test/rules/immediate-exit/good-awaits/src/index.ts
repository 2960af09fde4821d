import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'todo', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

process.on('SIGTERM', async () => {
  console.log('closing');
  const closed = new Promise((resolve) => listener.close(resolve));
  await closed;
  process.exit(0);
});
