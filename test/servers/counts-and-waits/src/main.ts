import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { database } from './database.js';
import { lifecycle } from './lifecycle.js';
import { log } from './log.js';
import { newServer } from './mcp.js';

const app = express();
app.get('/healthz', (_req, res) => void res.sendStatus(lifecycle.isDraining ? 503 : 200));
app.use(express.json());
app.post('/mcp', lifecycle.refuseWhileDraining, async (req, res) => {
  const server = newServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => void Promise.allSettled([transport.close(), server.close()]));
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

const listener = app.listen(Number(process.env.PORT) || 3000, () => log.info('listening'));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => void lifecycle.stop(listener, { database: () => database.end() }));
}
