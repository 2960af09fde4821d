#!/usr/bin/env node
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Express } from 'express';
import { createServer } from './server.js';

const port = Number(process.env.PORT ?? 3000);

function createApp(): Express {
  const app = express();
  app.use(express.json());
  app.get('/health', (_req, res) => {
    res.json({ ok: true });
  });
  app.post('/mcp', async (req, res) => {
    const server = createServer();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    res.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  return app;
}

async function main(): Promise<void> {
  if (process.argv[2] === 'http') {
    const app = createApp();
    if (process.env.HOST) {
      app.listen(port, process.env.HOST, () => console.error(`docs server on ${process.env.HOST}:${port}`));
    } else {
      app.listen(port, () => console.error(`docs server on port ${port}`));
    }
  } else {
    const server = createServer();
    await server.connect(new StdioServerTransport());
    console.error('docs server on stdio');

    let isStopping = false;
    const shutdown = async () => {
      if (isStopping) return;
      isStopping = true;
      console.error('Shutting down...');
      await server.close();
      await sayGoodbye();
      process.exit(0);
    };

    process.on('SIGINT', shutdown);
    process.on('SIGTERM', shutdown);
    // Where signals are not sent when the parent goes, the end of stdin tells.
    process.stdin.on('end', shutdown);
  }
}

async function sayGoodbye(): Promise<void> {
  console.error('goodbye from the docs');
}

main().catch((error) => {
  console.error('Fatal error:', error);
  process.exit(1);
});
