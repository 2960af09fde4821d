#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { type CallToolResult, CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** The tool calls in flight, each as a way to answer it without its tool. */
const calls = new Set<(answer: CallToolResult) => void>();
/** Aborted when shutdown has waited long enough. */
const giveUp = new AbortController();
let stoppedAt = 0;

const server = new McpServer({ name: 'notes', version: '1.0.0' });
trackToolCalls(server);

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

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

const transport = new StdioServerTransport();
await server.connect(transport);
console.error('notes server is running on stdio');

process.on('SIGTERM', () => shutDown('SIGTERM'));
process.on('SIGINT', () => shutDown('SIGINT'));
// A client closes stdin first, and kills the server if that does not end it within two seconds.
for (const event of ['end', 'close']) process.stdin.on(event, () => shutDown('stdin', 1_500));
process.stdout.on('error', () => shutDown('stdout', 0));

/** McpServer registers one handler for all tools, those of other modules too: count its calls here. */
function trackToolCalls({ server }: McpServer): void {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (schema, handler) =>
    setRequestHandler(schema, (request, extra) => {
      if ((schema as unknown) !== CallToolRequestSchema) return handler(request, extra);
      const signal = AbortSignal.any([extra.signal, giveUp.signal]);
      return new Promise((resolve, reject) => {
        calls.add(resolve);
        const call = Promise.resolve(handler(request, { ...extra, signal }));
        call.then(resolve, reject).finally(() => calls.delete(resolve));
      });
    });
}

/** Lets the tool calls in flight finish, answers those that do not, and exits. */
async function shutDown(cause: string, maxMs = Infinity): Promise<void> {
  // SIGTERM may come several times, but a second Ctrl+C after a while is meant.
  if (stoppedAt > 0 && cause === 'SIGINT' && Date.now() - stoppedAt > 1_000) process.exit(130);
  if (stoppedAt > 0) return;
  stoppedAt = Date.now();
  await callsEnd(Math.min(drainTimeout(), maxMs));
  process.exitCode = calls.size > 0 ? 1 : 0;
  setTimeout(() => process.exit(1), 2_000);
  giveUp.abort();
  await callsEnd(250);
  const text = 'The server is shutting down and could not finish this call.';
  for (const answer of calls) answer({ isError: true, content: [{ type: 'text', text }] });
  await sleep(20);
  // Pipes are written to in the background: without this the end of a large answer would be lost.
  await new Promise((written) => process.stdout.write('', written));
  process.exit();
}

async function callsEnd(maxMs: number): Promise<void> {
  const end = Date.now() + maxMs;
  while (calls.size > 0 && Date.now() < end) await sleep(20);
}

function drainTimeout(): number {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '5000';
  if (/^\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  console.error(`DRAIN_TIMEOUT_MS must be a whole number of milliseconds, not "${text}": using 5000`);
  return 5_000;
}
