import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool();
let running = 0;
let isStopping = false;

function createServer(): McpServer {
  const server = new McpServer({ name: 'ledger', version: '1.0.0' });

  server.registerTool('balance', {}, async () => {
    running += 1;
    const { rows } = await pool.query('select sum(amount) from entries').finally(() => (running -= 1));
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });

  // Nothing is left half written.
  const shutdown = async (signal: string): Promise<void> => {
    console.error(`Received ${signal}`);
    isStopping = true;
    setTimeout(() => process.exit(1), 9_000).unref();
    await finished();
    await pool.end();
    process.exit(0);
  };

  async function finished(): Promise<void> {
    const end = Date.now() + 5_000;
    while (running > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  process.once('SIGTERM', () => shutdown('SIGTERM'));
  process.once('SIGINT', () => shutdown('SIGINT'));

  return server;
}

async function main(): Promise<void> {
  if (process.argv.includes('--stdio')) {
    await createServer().connect(new StdioServerTransport());
    return;
  }
  const app = express();
  app.use(express.json());
  app.use('/mcp', (_request, response, next) => {
    if (!isStopping) return next();
    response.status(503).json({ jsonrpc: '2.0', error: { code: -32000, message: 'Stopping' }, id: null });
  });
  app.post('/mcp', async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createServer().connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  app.listen(3000);
}

main();
