import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Tracker } from './tracker.js';

const tracker = Tracker.get();
const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('count', { description: 'Counts.' }, async () => ({
  content: [{ type: 'text', text: String(tracker.next()) }],
}));
await server.connect(new StdioServerTransport());
