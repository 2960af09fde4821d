import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());
let running = 0;

app.post('/mcp', async (request, response) => {
  running += 1;
  response.on('close', () => (running -= 1));
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

app.listen(3000);

const maxWaitMs = 8_000;

function callsDone(): Promise<void> {
  const begin = Date.now();
  return new Promise((resolve) => {
    const look = () => {
      if (running === 0) {
        resolve();
        return;
      }
      const waited = Date.now() - begin;
      if (waited >= maxWaitMs) {
        console.warn(`${running} calls are still running`);
        resolve();
        return;
      }
      setTimeout(look, 100);
    };
    look();
  });
}

process.on('SIGTERM', async () => {
  await callsDone();
  process.exit(0);
});
