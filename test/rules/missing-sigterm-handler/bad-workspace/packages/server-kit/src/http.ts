import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

export function serveHttp(create: () => McpServer, port: number) {
  const app = express();
  app.post('/mcp', express.json(), async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await create().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  return app.listen(port);
}
