import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'list', version: '1.0.0' });
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

for (const signal of signals) {
  process.on(signal, async () => {
    await server.close();
    process.exit(0);
  });
}

await server.connect(new StdioServerTransport());
