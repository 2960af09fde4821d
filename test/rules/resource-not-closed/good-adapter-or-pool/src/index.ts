import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Connections } from './connections.js';

const connections = new Connections();
const server = new McpServer({ name: 'reports', version: '1.0.0' });
server.registerTool('count', {}, async () => {
  const [row] = await connections.of('reports').raw('select count(*) from reports');
  return { content: [{ type: 'text', text: String(row) }] };
});

process.once('SIGTERM', async () => {
  await connections.closeAll();
  process.exit(0);
});
connections.open('reports', process.env.DATABASE_KIND ?? 'pg');
await server.connect(new StdioServerTransport());
