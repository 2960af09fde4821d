import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function createServer() {
  return new McpServer({ name: 'queries', version: '1.0.0' });
}
