import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import closeWithGrace from 'close-with-grace';
import { Search } from './search.js';

const server = new Server({ name: 'low', version: '1.0.0' }, { capabilities: { tools: {} } });
const search = new Search('https://search.example');

server.setRequestHandler(CallToolRequestSchema, async (request) => {
  switch (request.params.name) {
    case 'search':
      return search.find(String(request.params.arguments?.words));
    default:
      throw new Error('No such tool');
  }
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
