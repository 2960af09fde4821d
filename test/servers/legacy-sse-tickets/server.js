'use strict';
const express = require('express');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { SSEServerTransport } = require('@modelcontextprotocol/sdk/server/sse.js');
const { pool } = require('./database');
const tickets = require('./tickets');

const app = express();
const sessions = {};

const server = new McpServer({ name: 'tickets', version: '0.9.0' });
tickets.register(server);

app.get('/sse', async (req, res) => {
  const transport = new SSEServerTransport('/messages', res);
  sessions[transport.sessionId] = transport;
  const heartbeat = setInterval(() => res.write(': ping\n\n'), 15000);
  res.on('close', () => {
    clearInterval(heartbeat);
    delete sessions[transport.sessionId];
  });
  await server.connect(transport);
});

app.post('/messages', async (req, res) => {
  const transport = sessions[req.query.sessionId];
  if (!transport) return res.status(400).send('No transport for this session');
  await transport.handlePostMessage(req, res);
});

app.listen(process.env.PORT || 3001, () => console.log('tickets over SSE'));

process.on('SIGINT', async () => {
  console.log('bye');
  for (const id of Object.keys(sessions)) {
    await sessions[id].close();
  }
  await pool.end();
  process.exit(0);
});
