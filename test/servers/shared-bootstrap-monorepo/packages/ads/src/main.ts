import { serveHttp } from '@acme/kit';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

serveHttp(() => {
  const server = new McpServer({ name: 'ads', version: '1.0.0' });
  server.tool('pause_campaign', async () => ({ content: [{ type: 'text', text: 'paused' }] }));
  return server;
}, 8081);
