import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { create } from '../src/server.js';

await create().connect(new StdioServerTransport());
