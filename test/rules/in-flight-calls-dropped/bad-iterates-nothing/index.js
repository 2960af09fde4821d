import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const transports = new Map();
const app = express();

app.post('/mcp', express.json(), async (req, res) => {
  let transport = transports.get(req.headers['mcp-session-id']);
  if (!transport) {
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => transports.set(id, transport),
    });
    const server = new McpServer({ name: 'everything-like', version: '1.0.0' });
    server.registerTool('echo', {}, async () => ({ content: [{ type: 'text', text: 'echo' }] }));
    await server.connect(transport);
  }
  await transport.handleRequest(req, res, req.body);
});

app.listen(3001);

process.on('SIGTERM', async () => {
  console.log('Shutting down...');
  // a Map has no enumerable keys: this loop never runs
  for (const sessionId in transports) {
    try {
      await transports[sessionId].close();
      delete transports[sessionId];
    } catch (error) {
      console.error(`Session ${sessionId}:`, error);
    }
  }
  console.log('Done');
  process.exit(0);
});
