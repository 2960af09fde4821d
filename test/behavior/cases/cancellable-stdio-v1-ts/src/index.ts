#!/usr/bin/env node
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { Pages } from './pages.js';
import { commandTools, text } from './tools.js';

const server = new McpServer({ name: 'pages', version: '1.0.0' });
const pages = new Pages('text/plain');

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

server.registerTool(
  'slow',
  { description: 'Takes a while', inputSchema: { ms: z.number() } },
  async ({ ms }) => {
    console.error('slow: started');
    await pause(ms);
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
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        extra.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(new Error('cancelled'));
        });
      });
    } catch (error) {
      console.error('patient: cancelled');
      throw error;
    }
    return text('patient done');
  },
);

server.tool('big', { bytes: z.number() }, async ({ bytes }) => text('x'.repeat(bytes)));

server.tool('page', 'Reads a page', { url: z.string() }, async ({ url }) => {
  console.error('page: started');
  try {
    // The address is the caller's.
    return text(await pages.read(url));
  } finally {
    console.error('page: ended');
  }
});

server.registerTool('front', { description: 'The front page' }, async () => {
  const [front, news] = await Promise.all([pages.read('http://127.0.0.1:9/'), pages.read('http://127.0.0.1:9/news')]);
  return text(front + news);
});

server.tool('posted', { url: z.string(), note: z.string() }, async ({ url, note }, { sendNotification }) => {
  await sendNotification({
    method: 'notifications/message',
    params: { level: 'info', data: 'posting' },
  });
  const response = await fetch(url, {
    method: 'POST', // A form would do too.
    body: note,
  });
  return text(response.statusText);
});

commandTools(server);

await server.connect(new StdioServerTransport());
console.error('pages server is running on stdio');
