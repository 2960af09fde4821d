import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createServer } from './server.cjs';

await createServer().connect(new StdioServerTransport());
