import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';
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

const pool = new pg.Pool();
const listener = app.listen(3000);

let isStopping = false;

process.on('SIGTERM', async () => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  // The callback takes no notice of an error, so the promise is never rejected.
  await new Promise<void>((resolve) => listener.close(() => resolve()));
  await pool.end();
  process.exit(0);
});
