import { rmSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'tidy', version: '1.0.0' });
const folder = '/tmp/tidy-mcp';

// What runs on "exit" has to be over at once, and this is.
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
process.on('SIGTERM', () => {
  server.close().finally(() => process.exit(0));
});
await server.connect(new StdioServerTransport());
