import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { Pool } from './pool.js';
import { install, installCounted, installOnce, withListener } from './install.js';

let ready = false;
let closing: Promise<void> | undefined;
const app = express();
app.post('/mcp', express.json(), async (request, response) => {
  if (!ready) {
    ready = true;
    install();
  }
  installOnce();
  installCounted();
  closing ??= withListener();
  Pool.get();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'once', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(3000);
