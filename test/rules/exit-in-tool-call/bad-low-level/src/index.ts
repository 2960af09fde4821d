import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { readKey } from './key.js';
import closeWithGrace from 'close-with-grace';

const server = new Server({ name: 'low', version: '1.0.0' }, { capabilities: { tools: {} } });
const handlers: Record<string, () => Promise<unknown>> = {
  list: async () => ({ content: [] }),
  show: async () => ({ content: [{ type: 'text', text: readKey() }] }),
};

server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const handler = handlers[request.params.name];
  if (!handler) throw new Error('No such tool');
  return handler();
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
