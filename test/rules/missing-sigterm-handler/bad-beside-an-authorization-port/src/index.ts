import * as http from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

// Who asks for tokens comes to another port. It is needed as long as calls run.
const issuer = http.createServer((req, res) => {
  if (req.url === '/token') return void res.end('{}');
  res.writeHead(404).end();
});
issuer.listen(4000);

const metrics = express();
metrics.use(express.json());
metrics.get('/metrics', (_req, res) => void res.send('calls 1'));
metrics.listen(9464);

const app = express();
app.use(express.json());
app.post('/mcp', async (req, res) => {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  server.registerTool('open', {}, async () => ({ content: [] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => void transport.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);
