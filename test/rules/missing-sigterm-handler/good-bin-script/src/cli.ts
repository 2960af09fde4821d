import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server } from './server.js';

export async function main() {
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
  await server.connect(new StdioServerTransport());
}
