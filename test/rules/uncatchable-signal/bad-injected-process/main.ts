import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Signals } from './signals.js';

const server = new McpServer({ name: 'all-signals', version: '1.0.0' });
server.registerTool('noop', {}, async () => ({ content: [] }));
await server.connect(new StdioServerTransport());
new Signals().onAll(async () => {
  await server.close();
  process.exit(0);
});
