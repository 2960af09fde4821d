import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function createServer(): McpServer {
  const server = new McpServer({ name: 'design-files', version: '1.0.0' });
  server.registerTool('get_file', {}, async () => ({ content: [{ type: 'text', text: '{}' }] }));
  return server;
}
