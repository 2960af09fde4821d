import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

export function startHttp(create: () => McpServer) {
  const app = express();
  app.post('/mcp', express.json(), async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await create().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  const listener = app.listen(3000);
  process.on('SIGTERM', () => listener.close(() => process.exit(0)));
}
