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

/** Closes in its own time, and gives up when that takes too long. */
function stop() {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 25_000).unref();
  listener.close(() => process.exit(0));
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
