import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';

const server = new McpServer({ name: 'wrapped', version: '1.0.0' });

function safely<A>(handler: (args: A) => Promise<string>) {
  return async (args: A) => {
    const text = await handler(args).catch(String);
    return { content: [{ type: 'text' as const, text }] };
  };
}

server.tool('page', { url: z.string() }, safely(async ({ url }: { url: string }) => (await fetch(url)).text()));
server.tool(
  'typed',
  { url: z.string() },
  async (
    { url }: { url: string },
  ) => ({ content: [{ type: 'text', text: (await fetch(url, {})).statusText }] }),
);

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
