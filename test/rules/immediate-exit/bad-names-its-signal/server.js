import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'dice', version: '1.0.0' });
server.registerTool('roll', { description: 'Rolls a die' }, () => ({
  content: [{ type: 'text', text: String(Math.ceil(Math.random() * 6)) }],
}));
await server.connect(new StdioServerTransport());

process.on('SIGTERM', () => {
  console.error('SIGTERM received, no more dice');
  console.error('The container stops'); // that is who sends SIGTERM
  process.exit(0);
});

process.on('SIGINT', () => {
  console.error('SIGINT received, no more dice');
  console.error("Ctrl+C is SIGINT: the player has had enough");
  process.exit(0);
});
