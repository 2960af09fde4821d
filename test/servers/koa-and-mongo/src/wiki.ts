import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { articles } from './store.js';

export function wikiServer(): McpServer {
  const server = new McpServer({ name: 'wiki', version: '1.0.0' });
  server.tool('read_article', { title: z.string() }, async ({ title }) => {
    const article = await (await articles()).findOne({ title });
    return { content: [{ type: 'text', text: article?.body ?? 'There is no such article.' }] };
  });
  return server;
}
