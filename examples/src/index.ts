import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { pool } from './database.js';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());

app.get('/health', (_request, response) => {
  response.json({ status: 'ok' });
});

// Stateless: each request gets a server and a transport of its own.
app.post('/mcp', async (request, response) => {
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

const port = Number(process.env.PORT ?? 3000);
const listener = app.listen(port, () => {
  console.log(`Orders MCP server listens on port ${port}`);
});

// Ctrl+C lets open requests finish. A container is never stopped with Ctrl+C.
process.once('SIGINT', async () => {
  await new Promise((resolve) => listener.close(resolve));
  await pool.end();
  process.exit(0);
});
