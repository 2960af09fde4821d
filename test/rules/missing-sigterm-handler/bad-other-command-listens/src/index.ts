import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Device } from './device.js';

async function main(): Promise<void> {
  if (process.argv[2] === 'device') {
    await new Device().start();
    return;
  }
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('list_notes', {}, async () => ({ content: [{ type: 'text', text: 'none' }] }));
  await server.connect(new StdioServerTransport());
}

await main();
