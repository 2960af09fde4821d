import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import axios from 'axios';
import got from 'got';
import OpenAI from 'openai';
import { z } from 'zod';

const run = promisify(execFile);
const server = new McpServer({ name: 'libraries', version: '1.0.0' });
const api = axios.create({ baseURL: 'https://api.example' });
const lambda = new LambdaClient({});
const openai = new OpenAI();
const text = (value: unknown) => ({ content: [{ type: 'text' as const, text: String(value) }] });

server.tool('post', 'Posts', { note: z.string() }, async ({ note }) => {
  const { data } = await api.post('/notes', { note });
  return text(data);
});
server.tool('list', async () => text(await lambda.send(new ListFunctionsCommand({}))));
server.tool('ask', { question: z.string() }, { readOnlyHint: true }, async ({ question }) => {
  const [answer, page] = await Promise.all([
    openai.responses.create({ model: 'small', input: question }),
    got('https://search.example', { searchParams: { question } }).json(),
  ]);
  return text([answer, page]);
});
server.tool('count', {}, async (args, extra) => {
  await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'counting' } });
  const { stdout } = await run('wc', ['-l', 'notes.txt'], {});
  return text(stdout + (await readFile('notes.txt', 'utf8')));
});
server.tool('build', {}, async (args, { sendNotification }) => {
  await wait(30_000);
  const code = await new Promise((resolve) => {
    const child = spawn('make', [], { stdio: 'inherit' });
    child.once('close', (status) => resolve(status));
  });
  return text(code);
});
server.tool('pause', { seconds: z.number() }, async ({ seconds }) => {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return text('awake');
});
server.tool('ready', {}, async () => text(await once(process.stdin, 'ready')));

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
