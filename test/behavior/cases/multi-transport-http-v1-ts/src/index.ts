#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './server.js';

async function startStdio(): Promise<void> {
  await createServer().connect(new StdioServerTransport());
  console.error('docs server on stdio');
}

function startHttp(port: number): void {
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
  app.listen(port, () => console.error(`docs server on port ${port}`));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { transport: { type: 'string', default: 'stdio' } } });
  if (values.transport === 'http') startHttp(Number(process.env.PORT ?? 3000));
  else await startStdio();
}

main().catch((error) => {
  console.error('Fatal error:', error);
  process.exit(1);
});
