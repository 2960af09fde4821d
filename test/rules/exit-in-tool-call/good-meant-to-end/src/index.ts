import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { commands } from './commands.js';
import { FileStore } from './store.js';

const server = new McpServer({ name: 'meant', version: '1.0.0' });
const store = new FileStore();

server.registerTool('restart_server', { description: 'Starts the server anew' }, async () => {
  setTimeout(() => process.exit(0), 100);
  return { content: [{ type: 'text', text: 'Restarting' }] };
});
server.registerTool('save', { description: 'Saves' }, async () => store.save());

if (process.argv[2]) await commands.find(({ name }) => name === process.argv[2])?.run();

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
