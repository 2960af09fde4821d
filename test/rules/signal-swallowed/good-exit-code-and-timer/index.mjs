import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'exit-code', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

// With the listener closed the event loop empties; the timer is for sockets that stay open.
function stop() {
  process.exitCode = 0;
  listener.close();
  listener.closeIdleConnections();
  setTimeout(() => process.exit(1), 8000).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
