import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import express from 'express';
import { createServer } from './server.js';

if (process.argv.includes('--stdio')) {
  await createServer(true).connect(new StdioServerTransport());
} else {
  const app = express();
  app.post('/mcp', express.json(), async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createServer(false).connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  const http = app.listen(3000);
  process.on('SIGTERM', () => http.close(() => process.exit(0)));
}
