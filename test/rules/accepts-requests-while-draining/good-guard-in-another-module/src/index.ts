import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { guard } from './guard.js';
import { state } from './state.js';

const app = express();
app.use(express.json());
app.use(guard);
app.post('/mcp', async (req, res) => {
  state.active++;
  res.on('close', () => state.active--);
  const server = new McpServer({ name: 'guarded', version: '1.0.0' });
  server.registerTool('run', {}, async () => ({ content: [{ type: 'text', text: 'started' }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(8080);

const finish = async () => {
  if (state.isShuttingDown) return;
  state.isShuttingDown = true;
  setTimeout(() => process.exit(1), 9_000).unref();
  for (const end = Date.now() + 5_000; state.active > 0 && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  listener.close();
  process.exit(0);
};
process.on('SIGTERM', finish).on('SIGINT', finish);
