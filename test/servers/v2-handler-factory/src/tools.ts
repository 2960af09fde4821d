import { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { analytics } from './analytics.ts';

export function makeServer(): McpServer {
  const server = new McpServer({ name: 'translate', version: '0.1.0' });
  server.registerTool(
    'translate',
    { description: 'Translates a text', inputSchema: z.object({ text: z.string(), to: z.string() }) },
    async ({ text, to }, ctx) => {
      analytics.capture({ distinctId: ctx.sessionId ?? 'none', event: 'translate', properties: { to } });
      const answer = await fetch('https://translate.example/v1', { method: 'POST', body: JSON.stringify({ text, to }), signal: ctx.mcpReq.signal });
      return { content: [{ type: 'text', text: await answer.text() }] };
    },
  );
  return server;
}
