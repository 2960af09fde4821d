import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { renderToString } from 'react-dom/server';
import { createServer } from 'node:http';

const Card = ({ title }) => <li className="SIGTERM">{title}</li>;

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'cards', version: '1.0.0' });
  server.tool('card', {}, async () => ({ content: [{ type: 'text', text: renderToString(<Card title="one" />) }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

createServer(app).listen(3000);
