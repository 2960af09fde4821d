import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { lifecycle } from './lifecycle.js';

async function serveMcp(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (!lifecycle.isReady) {
    res.writeHead(503, { 'Retry-After': '2' }).end();
    return;
  }
  res.once('close', lifecycle.enter());
  const server = new McpServer({ name: 'plain-health', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res);
}

const http = createServer((req, res) => {
  switch (req.url) {
    case '/health':
      res.statusCode = lifecycle.isReady ? 200 : 503;
      res.end();
      break;
    case '/mcp':
      void serveMcp(req, res);
      break;
    default:
      res.writeHead(404).end();
  }
});
http.listen(3000, () => lifecycle.ready());

let once = false;
async function terminate(): Promise<never> {
  const left = await lifecycle.drain(5_000);
  http.close();
  process.exit(left === 0 ? 0 : 1);
}
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    if (once) return;
    once = true;
    setTimeout(() => process.exit(1), 8_000).unref();
    void terminate();
  });
}
