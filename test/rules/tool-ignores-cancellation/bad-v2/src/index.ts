import { McpServer, StdioServerTransport } from '@modelcontextprotocol/server';
import closeWithGrace from 'close-with-grace';
import * as z from 'zod';

const server = new McpServer({ name: 'second', version: '1.0.0' });

server.registerTool('page', { inputSchema: z.object({ url: z.string() }) }, async ({ url }) => {
  const response = await fetch(url);
  return { content: [{ type: 'text', text: await response.text() }] };
});
server.registerTool('status', { description: 'Status' }, async () => {
  const response = await fetch('https://status.example');
  return { content: [{ type: 'text', text: response.statusText }] };
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
