import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
let heartbeat: ReturnType<typeof setInterval> | undefined = setInterval(
  () => console.error('still here'),
  60_000,
);

process.on('SIGTERM', async () => {
  if (heartbeat) {
    clearInterval(heartbeat);
    heartbeat = undefined;
  }
  await server.close();
});
await server.connect(new StdioServerTransport());
