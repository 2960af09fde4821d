import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { serve } from 'bun';

const listener = serve({
  port: 3000,
  async fetch(request) {
    const transport = new WebStandardStreamableHTTPServerTransport();
    await new McpServer({ name: 'dice', version: '1.0.0' }).connect(transport);
    return transport.handleRequest(request);
  },
});

process.on('SIGTERM', async () => {
  await listener.stop();
  process.exit(0);
});
