import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Command } from 'commander';
import express from 'express';
import { createServer } from './tools.js';

const program = new Command('notes');

program.command('stdio').action(async () => {
  let isStopping = false;
  process.on('SIGTERM', async () => {
    if (isStopping) return;
    isStopping = true;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    process.exit(0);
  });
  await createServer().connect(new StdioServerTransport());
});

program.command('http').action(async () => {
  const app = express();
  app.use(express.json());
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/mcp', async (request, response) => {
    const server = createServer();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  const listener = app.listen(3000);
  process.on('SIGTERM', () => {
    setTimeout(() => process.exit(1), 9_000).unref();
    listener.close(() => process.exit(0));
  });
});

await program.parseAsync();
