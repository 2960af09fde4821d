import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Beacon } from 'usage-beacon';

const beacon = new Beacon('notebook');
const server = new McpServer({ name: 'notebook', version: '1.0.0' });
server.registerTool('today', {}, async () => {
  beacon.count('today');
  return { content: [{ type: 'text', text: new Date().toDateString() }] };
});

const stopWith =
  (...steps: (() => Promise<void>)[]) =>
  async () => {
    console.error('Stopping');
    for (const step of steps) {
      await step();
    }
    process.exit(0);
  };

process.once('SIGTERM', stopWith(() => beacon.send()));
process.once('SIGINT', stopWith(() => beacon.send()));
await server.connect(new StdioServerTransport());
