import { McpServer } from 'npm:@modelcontextprotocol/sdk@1.20.0/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from 'npm:@modelcontextprotocol/sdk@1.20.0/server/webStandardStreamableHttp.js';

Deno.serve({ port: 8000 }, async (request) => {
  const server = new McpServer({ name: 'dice', version: '1.0.0' });
  const transport = new WebStandardStreamableHTTPServerTransport();
  await server.connect(transport);
  return transport.handleRequest(request);
});
