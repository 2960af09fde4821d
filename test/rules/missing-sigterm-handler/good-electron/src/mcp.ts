import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

export function listen() {
  const server = express();
  server.post('/mcp', express.json(), async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await new McpServer({ name: 'notes', version: '1.0.0' }).connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  return server.listen(7345, '127.0.0.1');
}
