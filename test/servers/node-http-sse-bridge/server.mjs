import http from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { z } from 'zod';
import { command, connect, hangUp } from './home.mjs';

const clients = new Map();

function makeMcp() {
  const mcp = new McpServer({ name: 'home', version: '2.0.0' });
  mcp.tool('switch', { device: z.string(), on: z.boolean() }, async ({ device, on }) => {
    const result = await command({ type: 'switch', device, on });
    return { content: [{ type: 'text', text: JSON.stringify(result) }] };
  });
  return mcp;
}

const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  if (req.method === 'GET' && url.pathname === '/sse') {
    const transport = new SSEServerTransport('/message', res);
    clients.set(transport.sessionId, transport);
    transport.onclose = () => clients.delete(transport.sessionId);
    await makeMcp().connect(transport);
  } else if (req.method === 'POST' && url.pathname === '/message') {
    const transport = clients.get(url.searchParams.get('sessionId'));
    if (transport) await transport.handlePostMessage(req, res);
    else res.writeHead(404).end();
  } else {
    res.writeHead(404).end();
  }
});

connect(process.env.HOME_URL);
server.listen(8099);

async function shutdown() {
  hangUp();
  while (clients.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  server.close();
  process.exit(0);
}
process.on('SIGINT', shutdown);
process.on('SIGTERM', shutdown);
