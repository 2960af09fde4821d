import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { GraphDatabase } from './graph.js';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'knowledge', version: '1.0.0' });
  server.registerTool('nodes', {}, async () => ({
    content: [{ type: 'text', text: JSON.stringify(await GraphDatabase.instance.query('MATCH (n) RETURN n')) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

process.once('SIGTERM', () => {
  setTimeout(() => process.exit(1), 8000).unref();
  listener.close(() => process.exit(0));
});
process.once('SIGINT', () => listener.close(() => process.exit(0)));
