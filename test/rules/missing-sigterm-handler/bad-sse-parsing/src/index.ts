import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express from 'express';

const app = express();
const transports = new Map<string, SSEServerTransport>();

app.get('/sse', async (req, res) => {
  const transport = new SSEServerTransport('/messages', res);
  transports.set(transport.sessionId, transport);
  res.on('close', () => transports.delete(transport.sessionId));
  await new McpServer({ name: 'feeds', version: '1.0.0' }).connect(transport);
});

app.post('/messages', async (request, response) => {
  const transport = transports.get(String(request.query.sessionId));
  if (transport) await transport.handlePostMessage(request, response);
  else response.sendStatus(404);
});

app.listen(3001);
