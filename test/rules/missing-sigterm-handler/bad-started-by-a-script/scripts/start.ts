import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server } from '../src/server.js';

await server.connect(new StdioServerTransport());
