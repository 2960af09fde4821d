import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { fatal } from './fatal.js';
import { Shell } from './shell.js';
import closeWithGrace from 'close-with-grace';

const server = new McpServer({ name: 'shell', version: '1.0.0' });
const shell = new Shell({ exit: (code) => process.exit(code) });

server.registerTool('run', { description: 'Runs it' }, () => shell.run());
server.registerTool('clear', { description: 'Clears it' }, () => setTimeout(() => fatal('clear'), 100));

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
