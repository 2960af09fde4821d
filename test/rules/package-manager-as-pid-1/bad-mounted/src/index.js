import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
const server = new McpServer({ name: 'notes', version: '1.0.0' });
await server.connect(transport);
const listener = createServer((req, res) => transport.handleRequest(req, res)).listen(3000);

let isEnding = false;
async function shutDown() {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(1), 2_000);
  await new Promise((resolve) => listener.close(resolve));
  process.exit(0);
}
process.on('SIGTERM', shutDown);
process.on('SIGINT', shutDown);
