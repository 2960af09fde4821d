import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { cancellable } from './cancellable.js';
import { search } from './search.js';

const server = new McpServer({ name: 'used', version: '1.0.0' });
const text = (value: unknown) => ({ content: [{ type: 'text' as const, text: String(value) }] });

server.tool('direct', { url: z.string() }, async ({ url }, extra) => text(await fetch(url, { signal: extra.signal })));
server.tool('taken', { url: z.string() }, async ({ url }, { signal }) => {
  signal.addEventListener('abort', () => console.error('cancelled'));
  return text(await fetch(url));
});
server.tool('handed-on', { words: z.string() }, async ({ words }, extra) => text(await search(words, extra)));
server.tool('kept', {}, async (args, extra) => {
  const context = { extra };
  await wait(5000);
  return text(context);
});
server.tool('rest', {}, async (...all) => text(await wait(5000, all)));
server.tool('wrapped', {}, cancellable(async () => text(await fetch('https://slow.example'))));

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
