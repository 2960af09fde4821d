import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
const heartbeat = setInterval(() => console.error('still here'), 60_000);

async function stop(signal: string): Promise<void> {
  console.error(`stopping on ${signal}`);
  clearInterval(heartbeat);
  await server.close();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
await server.connect(new StdioServerTransport());
