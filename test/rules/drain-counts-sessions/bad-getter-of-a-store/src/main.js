'use strict';
const { randomUUID } = require('crypto');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const express = require('express');
const { setTimeout: sleep } = require('timers/promises');
const { store } = require('./store');

const app = express();
app.use(express.json());
app.all('/mcp', async (req, res) => {
  const known = store.take(req.headers['mcp-session-id']);
  if (known) return known.transport.handleRequest(req, res, req.body);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => store.put(id, { transport, since: Date.now() }),
  });
  transport.onclose = () => store.drop(transport.sessionId);
  const server = new McpServer({ name: 'store', version: '1.0.0' });
  server.tool('noop', async () => ({ content: [] }));
  await server.connect(transport);
  return transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

async function drainSessions(ms) {
  const end = Date.now() + ms;
  while (store.count > 0 && Date.now() < end) await sleep(200);
}

let once;
function onSignal() {
  once = once || drainSessions(8000).then(() => listener.close()).then(() => process.exit(0));
  return once;
}
process.on('SIGTERM', onSignal);
process.on('SIGINT', onSignal);
