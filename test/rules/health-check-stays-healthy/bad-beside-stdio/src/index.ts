import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Probes } from './probes.js';
import { queue } from './queue.js';

const server = new McpServer({ name: 'runner', version: '1.0.0' });
const probes = new Probes();
const running = new Set<Promise<unknown>>();
let isStopping = false;

server.registerTool('run', { description: 'Runs a script.' }, async () => {
  const work = fetch('http://sandbox/run', { method: 'POST', signal: AbortSignal.timeout(20_000) });
  running.add(work);
  try {
    const answer = await work;
    return { content: [{ type: 'text', text: await answer.text() }] };
  } finally {
    running.delete(work);
  }
});

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 25_000).unref();
  queue.waiting = [];
  await Promise.allSettled(running);
  probes.stop();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);

await probes.start(8090);
await server.connect(new StdioServerTransport());
