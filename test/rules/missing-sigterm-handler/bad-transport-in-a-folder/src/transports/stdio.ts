import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server } from '../server.js';

await server.connect(new StdioServerTransport());
