import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function createServer(handlesSignals: boolean) {
  const server = new McpServer({ name: 'optional', version: '1.0.0' });
  if (handlesSignals) process.on('SIGINT', () => server.close().then(() => process.exit(0)));
  return server;
}
