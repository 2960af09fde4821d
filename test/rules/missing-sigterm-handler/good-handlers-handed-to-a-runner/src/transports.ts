import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { counted } from './calls.js';

function stockServer(): McpServer {
  const server = new McpServer({ name: 'stock', version: '1.0.0' });
  server.registerTool('level', {}, () => counted(level()));
  return server;
}

async function level() {
  return { content: [{ type: 'text' as const, text: '12' }] };
}

export async function serveStdio(): Promise<void> {
  await stockServer().connect(new StdioServerTransport());
}

export async function serveHttp(): Promise<void> {
  const app = express();
  app.post('/mcp', express.json(), async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await stockServer().connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  app.listen(3000);
}
