import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

let calls = 0;
let isStopping = false;

const listener = createServer(async (request, response) => {
  if (isStopping) return response.writeHead(503).end();
  calls += 1;
  response.on('close', () => (calls -= 1));
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
listener.listen(3000);

const drainTimeout = Number(process.env.DRAIN_TIMEOUT_MS ?? 5_000);

async function stop() {
  if (isStopping) return;
  isStopping = true;
  const end = Date.now() + drainTimeout;
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  process.exit(calls > 0 ? 1 : 0);
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
