import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { IndexPool } from './indexPool.js';

const pool = new IndexPool();
const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('index', { description: 'Indexes the notes.' }, async () => {
  try {
    return { content: [{ type: 'text', text: await pool.run('notes') }] };
  } finally {
    await pool.close();
  }
});
await server.connect(new StdioServerTransport());
