import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'notes', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

let isStopping = false;
async function shutdown() {
  if (isStopping) return;
  isStopping = true;
  console.log('closing');
  setTimeout(() => process.exit(1), 8_000).unref();
  await new Promise((resolve) => listener.close(resolve));
  process.exit(0);
}

process.on('SIGINT', shutdown); // Ctrl+C
