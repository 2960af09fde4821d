import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

// mcp-shutdown-disable-next-line missing-sigterm-handler -- the client ends this server by closing stdin
await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());

export function installHandlers() {
  process.on('SIGTERM', () => process.exit(0));
}
