import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { startHTTPServer } from 'mcp-proxy';

await startHTTPServer({
  createServer: async () => new Server({ name: 'proxied', version: '1.0.0' }, { capabilities: {} }),
  port: 8080,
});
