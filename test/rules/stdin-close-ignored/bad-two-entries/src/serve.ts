import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

export async function serve() {
  const server = new McpServer({ name: 'clock', version: '1.0.0' });
  setInterval(() => server.sendToolListChanged(), 60_000);
  await server.connect(new StdioServerTransport());
}
