import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Actor, log } from 'apify';
import express from 'express';

await Actor.init();

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'actor', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(Number(process.env.ACTOR_WEB_SERVER_PORT));

process.on('SIGTERM', async () => {
  log.info('Stopping the actor');
  await Actor.exit();
});
