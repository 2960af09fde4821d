import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';
import { Secrets } from './secrets.js';

const secrets = new Secrets();
await secrets.login();
const pool = new pg.Pool(await secrets.database());

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'leases', version: '1.0.0' });
  server.registerTool('size', {}, async () => ({ content: [{ type: 'text', text: String((await pool.query('select 1')).rowCount) }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

const ending = new AbortController();
process.on('SIGTERM', () => ending.abort());
process.on('SIGINT', () => ending.abort());
ending.signal.onabort = async () => {
  setTimeout(() => process.exit(1), 9000).unref();
  await new Promise((resolve) => listener.close(resolve));
  await pool.end();
  process.exit(0);
};
