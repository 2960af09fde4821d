import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Router } from 'express';
import { state } from './state.js';

export const mcpRouter = Router();

mcpRouter.post('/mcp', async (req, res) => {
  state.active++;
  res.on('close', () => state.active--);
  const server = new McpServer({ name: 'pipelines', version: '1.0.0' });
  server.registerTool('run', {}, async () => ({ content: [{ type: 'text', text: 'started' }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
