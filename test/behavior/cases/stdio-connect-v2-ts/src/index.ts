#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

const server = new McpServer({ name: 'clock', version: '2.0.0' });

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

await server.connect(new StdioServerTransport());
