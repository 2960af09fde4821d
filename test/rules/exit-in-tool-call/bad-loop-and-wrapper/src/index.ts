import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { measured } from './measured.js';
import { tools } from './tools/index.js';
import closeWithGrace from 'close-with-grace';

const server = new McpServer({ name: 'loop', version: '1.0.0' });
for (const tool of Object.values(tools)) {
  server.registerTool(tool.name, { inputSchema: tool.inputSchema }, measured(tool.name, tool.handler));
}

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
