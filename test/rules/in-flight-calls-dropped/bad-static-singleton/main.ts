import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { SessionRegistry } from './registry.js';

const app = express();
app.all('/mcp', express.json(), async (req, res) => {
  let transport = SessionRegistry.getInstance().find(req.get('mcp-session-id'));
  if (!transport) {
    const made = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => SessionRegistry.getInstance().add(id, made),
    });
    const server = new McpServer({ name: 'singleton', version: '1.0.0' });
    server.registerTool('ping', {}, async () => ({ content: [{ type: 'text', text: 'pong' }] }));
    await server.connect(made);
    transport = made;
  }
  await transport.handleRequest(req, res, req.body);
});
const http = app.listen(3000);

const onTerm = async () => {
  http.close();
  await SessionRegistry.getInstance().closeAll();
  process.exit(0);
};
process.on('SIGTERM', onTerm).on('SIGINT', onTerm);
