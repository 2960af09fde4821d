import { writeFile } from 'node:fs/promises';
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

const listener = app.listen(3000);

const stop = (): void => {
  listener.close();
  setTimeout(() => process.exit(1), 5_000).unref();
  writeFile('/tmp/last-stop', new Date().toISOString()).finally(() => process.exit(0));
};

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
