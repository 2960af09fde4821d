import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';

Deno.serve(async (request) => {
  const transport = new WebStandardStreamableHTTPServerTransport();
  await new McpServer({ name: 'dice', version: '1.0.0' }).connect(transport);
  return transport.handleRequest(request);
});

Deno.addSignalListener('SIGTERM', () => {
  console.log('stopped');
  Deno.exit(0);
});
