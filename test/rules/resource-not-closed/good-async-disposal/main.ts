import { once } from 'node:events';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { Stores } from './stores.js';

await using stores = new Stores();
const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'disposal', version: '1.0.0' });
  server.registerTool('count', {}, async () => ({
    content: [{ type: 'text', text: String((await stores.pool.query('select 1')).rowCount) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
listener.close();
await once(listener, 'close');
