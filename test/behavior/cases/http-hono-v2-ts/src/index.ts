import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { createMcpHonoApp } from '@modelcontextprotocol/hono';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }, ctx) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: ctx.mcpReq.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: z.object({ bytes: z.number() }) },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}

const handler = createMcpHandler(createServer);
const app = createMcpHonoApp();

app.get('/health', (c) => c.json({ status: 'ok' }));

app.all('/mcp', (c) => handler.fetch(c.req.raw));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
