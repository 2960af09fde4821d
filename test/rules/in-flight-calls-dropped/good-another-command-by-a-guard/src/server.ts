import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

export async function connect() {
  await new McpServer({ name: 'notes', version: '1.0.0' }).connect(new StdioServerTransport());
}

// Without the command line.
const isStarted = process.argv[1] && import.meta.url.endsWith(process.argv[1].replace(/\\/g, '/'));
if (isStarted) {
  await new McpServer({ name: 'notes-alone', version: '1.0.0' }).connect(new StdioServerTransport());
}
