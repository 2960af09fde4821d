const express = require('express');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { SSEServerTransport } = require('@modelcontextprotocol/sdk/server/sse.js');
require('./metrics');

const app = express();
let transport;
app.get('/sse', async (req, res) => {
  transport = new SSEServerTransport('/messages', res);
  await new McpServer({ name: 'feeds', version: '1.0.0' }).connect(transport);
});
app.post('/messages', (req, res) => transport.handlePostMessage(req, res));
app.listen(3001);

process.on('SIGTERM', () => process.exit());
