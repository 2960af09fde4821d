import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { indexOf } from './indexer.js';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());

app.post('/mcp', async (request, response) => {
  const server = createServer(indexOf);
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
