import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

function stopSignal(): AbortSignal {
  const hub = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT']) process.on(name, () => hub.abort());
  return hub.signal;
}

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'flags', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(req, res, req.body);
});

const listener = app.listen(3000);
stopSignal().addEventListener('abort', () => listener.close(() => process.exit(0)));
