// Small projects that the tests write into the workspace.

/** A manifest that makes the workspace one with an MCP server in it. */
export const manifest = `{
  "name": "orders",
  "version": "1.0.0",
  "type": "module",
  "main": "src/index.js",
  "dependencies": { "@modelcontextprotocol/sdk": "^1.20.0", "express": "^5.1.0" }
}
`;

export const shellFormDockerfile = `FROM node:22-slim
WORKDIR /app
COPY . .
# The server
CMD node src/index.js
`;

const listening = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.post('/mcp', async (request, response) => {
  const server = new McpServer({ name: 'orders', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
const listener = app.listen(3000);
`;

/** An HTTP server that says nothing about signals. */
export const serverWithoutHandler = listening;

/** The same, but Ctrl+C lets open requests finish. */
export const serverWithSigintHandler = `${listening}
process.once('SIGINT', async () => {
  setTimeout(() => process.exit(1), 9_000).unref();
  await new Promise((resolve) => listener.close(resolve));
  process.exit(0);
});
`;

/** The same, but SIGTERM ends it on the spot. */
export const serverThatExitsAtOnce = `${listening}
process.on('SIGTERM', () => {
  process.exit(0);
});
`;
