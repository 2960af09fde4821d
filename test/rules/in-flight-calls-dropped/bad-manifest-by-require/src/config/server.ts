import { createRequire } from 'node:module';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const require = createRequire(import.meta.url);
const { name, version } = require('../../package.json');

export function createServer(): Server {
  return new Server({ name, version }, { capabilities: { tools: {} } });
}

export function addTools(server: Server) {
  server.setRequestHandler(CallToolRequestSchema, async () => ({ content: [] }));
}
