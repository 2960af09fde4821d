import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { settings } from './settings.js';

const server = new McpServer({ name: 'mail', version: '1.0.0' });
server.registerTool('folders', {}, async () => {
  const answer = await fetch(settings().address);
  return { content: [{ type: 'text', text: await answer.text() }] };
});
await server.connect(new StdioServerTransport());
