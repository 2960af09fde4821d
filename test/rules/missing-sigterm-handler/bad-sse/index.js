const express = require('express');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { SSEServerTransport } = require('@modelcontextprotocol/sdk/server/sse.js');

const app = express();
const transports = {};

app.get('/sse', async (req, res) => {
  const transport = new SSEServerTransport('/messages', res);
  transports[transport.sessionId] = transport;
  res.on('close', () => delete transports[transport.sessionId]);
  await new McpServer({ name: 'feeds', version: '1.0.0' }).connect(transport);
});

app.post('/messages', (req, res) => transports[req.query.sessionId].handlePostMessage(req, res));

module.exports = { app };

if (require.main === module) app.listen(3001);
