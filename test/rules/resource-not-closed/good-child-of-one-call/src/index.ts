import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { forward } from './forward.js';

const server = new McpServer({ name: 'cluster', version: '1.0.0' });

server.registerTool('forward_port', { description: 'Forwards a port to a pod.' }, async () => ({
  content: [{ type: 'text', text: await forward(['port-forward', 'pod/web', '8080:80']) }],
}));

process.on('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});

await server.connect(new StdioServerTransport());
