import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { create } from './server.js';

const server = create();
process.on('SIGTERM', () => server.close().finally(() => process.exit()));
await server.connect(new StdioServerTransport());
