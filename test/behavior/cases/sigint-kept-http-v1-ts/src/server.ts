import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

export function createServer(): McpServer {
  const server = new McpServer({ name: 'docs', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: { ms: z.number() } },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: { ms: z.number() } },
    async ({ ms }, extra) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: extra.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: { bytes: z.number() } },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}
