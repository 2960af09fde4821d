import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Connections } from './connections.js';

const connections = new Connections();
const server = new McpServer({ name: 'notes', version: '1.0.0' });

server.registerTool('count_keys', { description: 'Counts keys.' }, async () => {
  const database = await connections.to(1);
  return { content: [{ type: 'text', text: String(await database.dbsize()) }] };
});

process.on('SIGTERM', async () => {
  await connections.closeAll();
  await server.close();
});
await server.connect(new StdioServerTransport());
