const express = require('express');
const mysql = require('mysql2/promise');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const utils = require('./lib/utils');

const pool = mysql.createPool({ uri: process.env.DATABASE_URL });
const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'safe-exit', version: '1.0.0' });
  server.tool('now', async () => ({ content: [{ type: 'text', text: String(await pool.query('SELECT NOW()')) }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3306);

const shutdown = async (signal) => {
  console.error(`${signal}: closing the pool`);
  return pool.end().catch((error) => {
    console.error(error);
    utils.safeExit(1);
  }).then(() => utils.safeExit(0));
};
process.on('SIGINT', shutdown);
process.on('SIGTERM', shutdown);
