import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './server.js';

const app = express();
const transports: Record<string, StreamableHTTPServerTransport> = {};
app.post('/mcp', express.json(), async (request, response) => {
  const id = request.headers['mcp-session-id'] as string | undefined;
  let transport = id ? transports[id] : undefined;
  if (!transport) {
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (made) => void (transports[made] = transport!),
    });
    const server = createServer();
    await server.connect(transport);
  }
  await transport.handleRequest(request, response, request.body);
});
app.listen(3000);
