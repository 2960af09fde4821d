const express = require('express');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const db = require('./db.js');

const app = express();
app.use(express.json());

app.post('/mcp', async (req, res) => {
  const server = new McpServer({ name: 'parcels', version: '1.0.0' });
  server.registerTool('count', {}, async () => {
    const { rows } = await db.query('select count(*) from parcels');
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

const listener = app.listen(3000);

function shutdown() {
  // Docker kills after ten seconds.
  setTimeout(() => process.exit(1), 9_000).unref();
  listener.close(() => process.exit(0));
}

process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
