import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());

app.post('/mcp', async (request, response) => {
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

const listeners = [app.listen(3000), app.listen(3001)];

process.on('SIGTERM', async () => {
  const closings = listeners.map(
    (listener) => new Promise<void>((resolve) => listener.close(() => resolve())),
  );
  await Promise.race([Promise.all(closings), new Promise((resolve) => setTimeout(resolve, 8_000))]);
  process.exit(0);
});
