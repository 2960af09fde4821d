import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const mcp = express();
mcp.use(express.json());
mcp.post('/mcp', async (req, res) => {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  server.registerTool('open', {}, async () => ({ content: [] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

// The site has it as well: neither port is the side of the other, and which one is to register the signals is not said.
const site = express();
site.get('/', (_req, res) => void res.send('Tickets'));
site.use('/api', mcp);
site.listen(8080);
mcp.listen(3000);
