import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { drain } from 'lifecycle-kit';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

async function shutdown(reason: string): Promise<never> {
  console.error(`closing: ${reason}`);
  await drain(server);
  process.exit(0);
}

async function main() {
  process.on('SIGINT', () => void shutdown('SIGINT'));
  await server.connect(new StdioServerTransport());
}

main();
