import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { remember } from './cache.js';

export const buildServer = () => {
  const mcp = new McpServer({ name: 'search', version: '1.0.0' });
  mcp.tool('search', { q: z.string() }, async ({ q }) => {
    const text = await remember(`q:${q}`, async () => {
      const answer = await fetch(`https://search.example/api?q=${encodeURIComponent(q)}`);
      return answer.text();
    });
    return { content: [{ type: 'text', text }] };
  });
  return mcp;
};
