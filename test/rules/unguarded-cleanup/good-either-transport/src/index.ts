import type { Server } from 'node:http';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

async function overStdio(): Promise<() => Promise<void>> {
  const transport = new StdioServerTransport();
  await createServer().connect(transport);
  return async () => {
    await transport.close();
  };
}

async function overHttp(): Promise<() => Promise<void>> {
  const app = express();
  app.use(express.json());
  app.post('/mcp', async (request, response) => {
    const server = createServer();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  const listener: Server = app.listen(3000);
  return async () => {
    await new Promise<void>((resolve, reject) => {
      listener.close((error) => (error ? reject(error) : resolve()));
    });
  };
}

const stop = process.argv.includes('--http') ? await overHttp() : await overStdio();

let isStopping = false;

process.on('SIGTERM', async () => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  try {
    await stop();
  } catch (error) {
    console.error('transport', error);
  }
  process.exit(0);
});
