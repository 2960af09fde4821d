import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { abortOnSignals } from './hub.js';

const stop = abortOnSignals();
const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'hub', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);
stop.addEventListener('abort', () => {
  setTimeout(() => process.exit(1), 8_000).unref();
  listener.close(() => process.exit(0));
});
