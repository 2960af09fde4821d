import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { readConfig } from './config.js';

const { port, mcpPath } = readConfig();
const server = new McpServer({ name: 'notes', version: '1.0.0' });
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
await server.connect(transport);

const app = express();
app.use(express.json());
app.get(mcpPath, (_req, res) => {
  res.status(405).end();
});
app.post(mcpPath, async (req, res) => {
  await transport.handleRequest(req, res, req.body);
});
app.listen(port);

process.on('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});
