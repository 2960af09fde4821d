import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { Runner } from './runner.js';

const server = new McpServer({ name: 'children', version: '1.0.0' });
server.registerTool('run', { inputSchema: { command: z.string() } }, async ({ command }) => {
  const text = await new Runner().run(command);
  return { content: [{ type: 'text', text }] };
});
await server.connect(new StdioServerTransport());
