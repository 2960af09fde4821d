import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { sendHeartbeats } from './device.js';
import { QuietTransport } from './quietTransport.js';

async function main(): Promise<void> {
  if (process.argv[2] === 'device') {
    sendHeartbeats();
    return;
  }
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  await server.connect(new QuietTransport());
}

await main();
