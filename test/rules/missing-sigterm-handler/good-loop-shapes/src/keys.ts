import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server, stop } from './server.js';

const handlers: Record<string, () => Promise<void>> = { SIGTERM: stop, SIGINT: stop };
Object.keys(handlers).forEach((name) => process.on(name, handlers[name]!));
await server.connect(new StdioServerTransport());
