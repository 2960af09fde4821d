import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { client } from './client.js';

const server = new McpServer({ name: 'nothing', version: '1.0.0' });
const text = (value: unknown) => ({ content: [{ type: 'text' as const, text: String(value) }] });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

server.tool('sum', { a: z.number(), b: z.number() }, async ({ a, b }) => text(a + b));
server.tool('read', { path: z.string() }, async ({ path }) => text(await readFile(path, 'utf8')));
server.tool('unknown', {}, async () => text(await client.get('/slow')));
server.tool('limited', {}, async () => text(await fetch('https://slow.example', { signal: AbortSignal.timeout(5000) })));
server.tool('options', {}, async () => text(await fetch('https://slow.example', client.options())));
server.tool('not-waited-for', {}, async () => {
  void fetch('https://log.example', { method: 'POST' });
  return text('noted');
});
server.tool('short', {}, async () => {
  await pause(50);
  return text('soon');
});
server.tool('forward', {}, async () => {
  const port = await new Promise((resolve) => {
    const child = spawn('kubectl', ['port-forward']);
    child.stdout.on('data', (data) => resolve(data));
  });
  return text(port);
});
server.tool('timed', {}, async () => {
  const answer = await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('No answer')), 5000);
    client.ask(resolve);
  });
  return text(answer);
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
