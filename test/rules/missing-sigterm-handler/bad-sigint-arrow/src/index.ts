import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

async function shutdown(reason: string): Promise<never> {
  console.error(`closing: ${reason}`);
  await server.close();
  process.exit(0);
}

async function main() {
  process.on('SIGINT', () => void shutdown('SIGINT'));
  await server.connect(new StdioServerTransport());
}

main();
