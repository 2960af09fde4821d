import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const transports = new Map<string, StreamableHTTPServerTransport>();
let running = 0;

async function openSession(): Promise<StreamableHTTPServerTransport> {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void transports.set(id, transport),
  });
  await new McpServer({ name: 'notes', version: '1.0.0' }).connect(transport);
  return transport;
}

const listener = createServer(async (req, res) => {
  if (req.url !== '/mcp') return void res.writeHead(404).end();
  running += 1;
  res.on('close', () => (running -= 1));
  const transport = transports.get(String(req.headers['mcp-session-id'])) ?? (await openSession());
  await transport.handleRequest(req, res);
});
listener.listen(3000);

async function closeSessions(): Promise<void> {
  // Whoever is connected is told first.
  await Promise.allSettled([...transports.values()].map((transport) => transport.close()));
  const end = Date.now() + 5_000;
  while (running > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}

process.once('SIGTERM', () => {
  console.log('stopping');
  void closeSessions().then(() => process.exit(0));
});
process.once('SIGINT', () => process.exit(0));
