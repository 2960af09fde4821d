import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { Pool } from 'pg';
import { createServer } from './server.js';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const heartbeat = setInterval(() => console.error('heartbeat: alive'), 60_000);
let stopping = false;

const app = express();
app.use(express.json());

app.get('/health', async (_req, res) => {
  await pool.query('select 1');
  res.json({ status: 'ok' });
});

app.post('/mcp', async (req, res) => {
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

app.all('/mcp', (_req, res) => {
  res.status(405).json({ jsonrpc: '2.0', error: { code: -32000, message: 'Method not allowed' }, id: null });
});

app.listen(process.env.PORT ?? 3000);

/** Nothing reports any more. */
function stopHeartbeat(): void {
  clearInterval(heartbeat);
  console.error('heartbeat: stopped');
}

/** Ends the process. */
function shutdown(signal: NodeJS.Signals): void {
  if (stopping) return;
  stopping = true;
  console.error(`Received ${signal}, shutting down`);
  stopHeartbeat();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => shutdown(signal));
}
