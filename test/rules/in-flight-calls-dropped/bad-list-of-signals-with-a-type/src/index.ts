import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const stopSignals = ['SIGINT', 'SIGTERM'] as const;
export type StopSignal = (typeof stopSignals)[number];

const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('notes', { description: 'Lists the notes' }, async () => {
  const response = await fetch('https://notes.example.com/');
  return { content: [{ type: 'text', text: await response.text() }] };
});
await server.connect(new StdioServerTransport());

for (const signal of stopSignals) {
  process.on(signal, async () => {
    await server.close();
    process.exit(0);
  });
}
