import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { server, stop } from './server.js';

const terminal: NodeJS.Signals[] = ['SIGINT', 'SIGHUP'];
const signals = [...terminal, 'SIGTERM'] as NodeJS.Signals[];
for (let i = 0; i < signals.length; i++) process.on(signals[i]!, stop);
await server.connect(new StdioServerTransport());
