import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server, stop } from './server.js';

const SIGNALS = { terminate: 'SIGTERM', interrupt: 'SIGINT' } as const;
process.prependListener(SIGNALS.terminate, stop).addListener(SIGNALS.interrupt, stop);
await server.connect(new StdioServerTransport());
