#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { type CallToolResult, CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

/** The tool calls in flight; each entry answers its call without the tool. */
const calls = new Set<(answer: CallToolResult) => void>();
/** Aborted when the wait for them is over. */
const giveUp = new AbortController();
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
stopOnSignals();
console.error('notes server is running on stdio');

/** Has every tool call counted and cancellable, those of tools in other modules too: McpServer asks here once. */
function trackToolCalls({ server }: McpServer): void {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (schema, handler) => {
    if ((schema as unknown) !== CallToolRequestSchema) return setRequestHandler(schema, handler);
    setRequestHandler(schema, (request, extra) => {
      const signal = AbortSignal.any([extra.signal, giveUp.signal]);
      return new Promise((resolve, reject) => {
        calls.add(resolve);
        const call = (async () => handler(request, { ...extra, signal }))();
        call.then(resolve, reject).finally(() => calls.delete(resolve));
      });
    });
  };
}

/** Resolves when no call is in flight, or after `ms`. */
async function settled(ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (calls.size > 0 && Date.now() < end) await sleep(20);
}

/** Answers the calls in flight, then exits: with 1 when some had to be given up. */
async function shutDown(drainMs: number): Promise<void> {
  await settled(drainMs);
  const exitCode = calls.size > 0 ? 1 : 0;
  setTimeout(() => process.exit(1), 2_000);
  giveUp.abort(new Error('The server is shutting down'));
  await settled(250);
  const text = 'Not finished: the server is shutting down.';
  for (const answer of calls) answer({ isError: true, content: [{ type: 'text', text }] });
  // A pipe is written to in the background: exiting at once would cut a large answer off.
  await sleep(20);
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(exitCode);
}

function stopOnSignals(): void {
  let since = 0;
  const stop = (drainMs: number) => {
    if (since === 0) void shutDown(drainMs);
    since ||= Date.now();
  };
  process.on('SIGTERM', () => stop(drainTimeout()));
  process.on('SIGINT', () => {
    if (since > 0 && Date.now() - since > 1_000) process.exit(130);
    stop(drainTimeout());
  });
  // A client ends a stdio server by closing its stdin, and kills it two seconds later.
  process.stdin.on('end', () => stop(Math.min(1_500, drainTimeout())));
  process.stdout.on('error', () => stop(0));
}

/** How long the calls in flight may take, in ms. */
function drainTimeout(): number {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '5000';
  if (/^\d+$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
  console.error(`DRAIN_TIMEOUT_MS is no whole number of milliseconds: "${text}". Using 5000.`);
  return 5_000;
}
