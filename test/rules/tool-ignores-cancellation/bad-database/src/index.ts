import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';
import { Queries } from './queries.js';

const server = new McpServer({ name: 'database', version: '1.0.0' });
const queries = new Queries();

server.registerTool('query', { inputSchema: { sql: z.string() } }, async ({ sql }) => {
  const rows = await queries.read(sql);
  return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => queries.close());
