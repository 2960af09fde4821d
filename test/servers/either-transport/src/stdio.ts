import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { closeConnections } from './connections.js';
import { buildServer } from './mcp.js';

export async function runStdio(): Promise<void> {
  const server = await buildServer();
  await server.connect(new StdioServerTransport());

  const quit = async () => {
    await server.close();
    await closeConnections();
    process.exit(0);
  };
  process.on('SIGTERM', quit);
  process.on('SIGINT', quit);
}
