import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

let stopping = false;
const sessions = new Map<string, StreamableHTTPServerTransport>();
const heartbeat = setInterval(() => console.log(`${sessions.size} sessions`), 60_000);

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  if (stopping) return void res.sendStatus(503);
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'todo', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

process.on('SIGTERM', () => {
  if (stopping) return;
  stopping = true;
  clearInterval(heartbeat);
  sessions.clear();
  process.exitCode = 0;
  process.exit();
});
