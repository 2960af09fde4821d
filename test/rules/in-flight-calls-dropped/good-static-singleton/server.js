'use strict';
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const express = require('express');
const CallTracker = require('./tracker');

const app = express();
app.use(express.json());
const server = new McpServer({ name: 'singleton', version: '1.0.0' });
server.tool('slow', (extra) => CallTracker.instance.follow(work(extra.signal)));
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });

async function work(signal) {
  signal.throwIfAborted();
  return { content: [{ type: 'text', text: 'done' }] };
}

server.connect(transport).then(() => {
  app.post('/mcp', (req, res) => transport.handleRequest(req, res, req.body));
  app.listen(3000);
});

async function stop() {
  await CallTracker.instance.settled(5000);
  await server.close();
  process.exit(0);
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
