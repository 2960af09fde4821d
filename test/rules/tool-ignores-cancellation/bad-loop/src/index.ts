import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { tools } from './tools.js';

const server = new McpServer({ name: 'loop', version: '1.0.0' });

for (const tool of tools) server.tool(tool.name, tool.description, tool.shape, tool.annotations, tool.execute);

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
