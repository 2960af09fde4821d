import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export const server = new McpServer({ name: 'loops', version: '1.0.0' });

export async function stop() {
  await server.close();
  process.exit(0);
}
