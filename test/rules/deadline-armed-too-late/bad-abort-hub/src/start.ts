import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';

interface Options {
  signal: AbortSignal;
  port: number;
}

export async function start({ signal, port }: Options): Promise<void> {
  const app = express();
  const mcpServer = new McpServer({ name: 'flags', version: '1.0.0' });
  mcpServer.tool('list_flags', async () => ({ content: [{ type: 'text', text: '[]' }] }));
  let transport: SSEServerTransport | undefined;

  app.get('/sse', async (_req, res) => {
    transport = new SSEServerTransport('/message', res);
    await mcpServer.connect(transport);
  });
  app.post('/message', async (req, res) => {
    await transport?.handlePostMessage(req, res);
  });
  const httpServer = app.listen(port, '0.0.0.0');

  let closing = false;
  signal.addEventListener('abort', async () => {
    if (closing) return;
    closing = true;
    console.error('Shutting down the MCP server');
    await mcpServer.close();
    httpServer.close(() => {
      console.error('Done');
      process.exit(0);
    });
    setTimeout(() => {
      console.error('Forced');
      process.exit(1);
    }, 5000).unref();
  });
}
