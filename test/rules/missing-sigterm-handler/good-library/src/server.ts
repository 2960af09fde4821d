import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function createCatalogServer() {
  return new McpServer({ name: 'catalog', version: '1.0.0' });
}
