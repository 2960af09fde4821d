import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Application } from 'express';
import { createServer } from './tools.js';

export class McpOverHttp {
  registerOn(application: Application): void {
    application.post('/mcp', async (request, response) => {
      const server = createServer();
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      response.on('close', () => void server.close());
      await server.connect(transport);
      await transport.handleRequest(request, response, request.body);
    });
  }
}
