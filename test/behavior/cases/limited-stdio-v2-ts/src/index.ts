#!/usr/bin/env node
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod/v4';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

/** A clock of its own, which knows no signals. */
const clock = { after: (ms: number, run: () => void) => void setTimeout(run, ms) };

async function page({ url }: { url: string }) {
  console.error('page: started');
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/plain' },
    });
    return text(await response.text());
  } finally {
    console.error(`page: ended
    with ${url}`);
  }
}

function createServer(): McpServer {
  const server = new McpServer({ name: 'pages', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }) => {
      console.error('slow: started');
      await new Promise<void>((resolve) => clock.after(ms, resolve));
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }, ctx) => {
      console.error('patient: started');
      await new Promise<void>((resolve, reject) => {
        clock.after(ms, resolve);
        ctx.mcpReq.signal.addEventListener('abort', () => {
          console.error('patient: cancelled');
          reject(new Error('cancelled'));
        });
      });
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: z.object({ bytes: z.number() }) },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  server.registerTool('page', { inputSchema: z.object({ url: z.string() }) }, page);

  return server;
}

serveStdio(createServer);
console.error('pages server ready');
