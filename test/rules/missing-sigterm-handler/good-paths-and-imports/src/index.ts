import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { lifecycle } from '@/lifecycle';
import { server } from '#lib/server';

lifecycle.onStop(() => server.close());
await server.connect(new StdioServerTransport());
