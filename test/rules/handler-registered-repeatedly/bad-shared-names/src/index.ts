import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

let inFlight = 0;

async function drain(): Promise<void> {
  const end = Date.now() + 5_000;
  while (inFlight > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}

function makeServer(name: string): McpServer {
  const server = new McpServer({ name, version: '1.0.0' });
  // Each says its own name: it cannot be moved away from it.
  process.once('SIGTERM', async () => {
    await drain();
    console.error(`${name} has stopped`);
    process.exit(0);
  });
  process.once('SIGINT', async () => {
    await drain();
    process.exit(0);
  });
  return server;
}

createServer(async (request, response) => {
  inFlight += 1;
  response.on('close', () => (inFlight -= 1));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await makeServer('ledger').connect(transport);
  await transport.handleRequest(request, response);
}).listen(3000);
