import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { audit } from './audit.js';

let draining = false;
let inFlight = 0;

const app = express();
app.get('/health', (req, res) => res.status(draining ? 503 : 200).json({ draining }));
app.use(express.json());
app.use('/mcp', (req, res, next) => {
  if (draining && req.body?.id !== undefined) return res.status(503).json({ jsonrpc: '2.0', id: req.body.id, error: { code: -32000, message: 'draining' } });
  inFlight++;
  res.on('close', () => inFlight--);
  next();
});
app.post('/mcp', async (req, res) => {
  const server = new McpServer({ name: 'keys', version: '1.0.0' });
  server.tool('rotate_key', async () => {
    audit({ what: 'rotate_key' });
    return { content: [{ type: 'text', text: 'rotated' }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => server.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

const stop = async () => {
  if (draining) return;
  draining = true;
  setTimeout(() => process.exit(1), 9000).unref();
  const until = Date.now() + 5000;
  while (inFlight > 0 && Date.now() < until) await new Promise((go) => setTimeout(go, 100));
  listener.close();
  process.exit(inFlight > 0 ? 1 : 0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
