import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.error(`Received ${signal}, exiting`);
    process.exit(0);
  });
}
