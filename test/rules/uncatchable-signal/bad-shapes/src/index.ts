import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'shapes', version: '1.0.0' });
const end = async () => {
  await server.close();
  process.exit(0);
};

['SIGSTOP', 'SIGTERM', 'SIGKILL'].forEach((name) => process.once(name, end));
if (process.platform !== 'win32') process.on('SIGSTOP', end);
if (process.env.CONTAINER) {
  process.on('SIGKILL', () => {
    console.error('killed');
  });
}

await server.connect(new StdioServerTransport());
