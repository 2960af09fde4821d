import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function createHarnessServer(): McpServer {
  const server = new McpServer({ name: 'harness-like', version: '1.0.0' });
  server.registerTool('run_pipeline', {}, async () => ({ content: [{ type: 'text', text: 'running' }] }));
  return server;
}
