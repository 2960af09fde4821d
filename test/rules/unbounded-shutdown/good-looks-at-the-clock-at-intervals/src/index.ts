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

process.on('SIGTERM', async () => {
  const begin = Date.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (running > 0 && Date.now() - begin < 8_000) return;
      clearInterval(timer);
      resolve();
    }, 50);
  });
  process.exit(0);
});
