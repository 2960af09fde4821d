import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';


if (process.argv[2] === 'stdio') {
  const server = createServer();
  process.on('SIGTERM', () => process.exit(0));
  await server.connect(new StdioServerTransport());
} else {
  const app = express();
  app.post('/mcp', async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createServer().connect(transport);
    await transport.handleRequest(request, response);
  });
  const listener = app.listen(3000);
  process.on('SIGTERM', async () => {
    setTimeout(() => process.exit(1), 8_000).unref();
    await new Promise((resolve) => listener.close(resolve));
    process.exit(0);
  });
}
