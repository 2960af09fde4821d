import { writeFile } from 'node:fs/promises';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { leaving } from './leave.js';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());
let served = 0;

app.post('/mcp', async (request, response) => {
  served += 1;
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

const listener = app.listen(3000);
const leave = leaving(listener, () => writeFile('served.txt', String(served)), {
  graceMs: 8_000,
  exit: (code) => process.exit(code),
});
process.on('SIGINT', leave);
process.on('SIGTERM', leave);
