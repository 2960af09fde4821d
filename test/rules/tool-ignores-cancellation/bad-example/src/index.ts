import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';

const server = new McpServer({ name: 'weather', version: '1.0.0' });

server.registerTool('forecast', { inputSchema: { city: z.string() } }, async ({ city }) => {
  const response = await fetch(`https://weather.example/${city}`, { headers: { accept: 'text/plain' } });
  return { content: [{ type: 'text', text: await response.text() }] };
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
