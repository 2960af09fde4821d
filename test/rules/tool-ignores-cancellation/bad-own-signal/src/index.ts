import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';

const server = new McpServer({ name: 'own-signal', version: '1.0.0' });

async function load(path: string, signal?: AbortSignal) {
  const response = await fetch(`https://api.example/${path}`, { signal });
  return { content: [{ type: 'text' as const, text: await response.text() }] };
}

server.tool('news', async ({ signal }) => load('news', signal));
server.tool('local', async () => load('local'));

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
