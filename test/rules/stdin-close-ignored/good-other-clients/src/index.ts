import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import express from 'express';

const counts = new Map<string, number>();
setInterval(() => counts.clear(), 60_000);

// The same notes for a web page: it has clients of its own.
const app = express();
app.get('/notes', (_req, res) => {
  res.json([...counts]);
});
app.listen(3000);

const server = new McpServer({ name: 'notes', version: '1.0.0' });
await server.connect(new StdioServerTransport());
