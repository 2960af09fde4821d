import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'pods', version: '1.0.0' });

['SIGINT', 'SIGTERM'].forEach((signal) => {
  process.once(signal as NodeJS.Signals, async () => {
    console.error(`${signal}: closing`);
    await server.close();
    process.exit(0);
  });
});

await server.connect(new StdioServerTransport());
