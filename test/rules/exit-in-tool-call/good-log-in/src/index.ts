import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { logIn } from './logIn.js';

if (process.argv[2] === 'login') {
  logIn();
} else {
  const app = express();
  app.post('/mcp', express.json(), async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await new McpServer({ name: 'web', version: '1.0.0' }).connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  const http = app.listen(3000);
  process.on('SIGTERM', () => http.close());
}
