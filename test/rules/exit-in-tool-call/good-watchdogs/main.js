import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'watchdogs', version: '1.0.0' });
let lastCall = Date.now();
server.registerTool('noop', {}, async () => {
  lastCall = Date.now();
  return { content: [] };
});

// Nobody has asked for anything for an hour.
setInterval(() => {
  if (Date.now() - lastCall > 3_600_000) process.exit(0);
}, 60_000).unref();
process.on('SIGHUP', () => process.exit(0));
process.stdin.on('close', () => process.exit(0));
process.stdout.on('error', () => process.exit(1));
process.on('unhandledRejection', (reason) => {
  console.error(reason);
  process.exit(1);
});
await server.connect(new StdioServerTransport());
