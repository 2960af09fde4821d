import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const running = new Set<Promise<unknown>>();
let isStopping = false;

function createNotes(): McpServer {
  const server = new McpServer({ name: 'runner', version: '1.0.0' });
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
  return server;
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 25_000).unref();
  await Promise.allSettled(running);
  process.exit(0);
}

if (process.argv.includes('--http')) {
  const app = express();
  app.use(express.json());
  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.post('/mcp', async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createNotes().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  app.listen(3000);
} else {
  // Nobody asks for /health here.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await createNotes().connect(new StdioServerTransport());
}
