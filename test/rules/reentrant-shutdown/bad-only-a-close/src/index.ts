import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'colours', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(req, res, req.body);
});

const listener = app.listen(3000);
process.on('SIGTERM', () => {
  listener.close((error) => {
    process.exit(error ? 1 : 0);
  });
});
