import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { BrowserSession } from './session.js';

const app = express();
app.use(express.json());
const transports = new Map<string, StreamableHTTPServerTransport>();

app.all('/mcp', async (req, res) => {
  const id = req.get('mcp-session-id');
  let transport = id ? transports.get(id) : undefined;
  if (!transport && isInitializeRequest(req.body)) {
    const newId = randomUUID();
    transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => newId });
    transports.set(newId, transport);
    await new BrowserSession(newId).mcp.connect(transport);
  }
  if (!transport) return void res.status(404).end();
  await transport.handleRequest(req, res, req.body);
});

app.listen(8931);
