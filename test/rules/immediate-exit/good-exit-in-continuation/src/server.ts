import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

export const server = new McpServer({ name: 'continuations', version: '1.0.0' });
export const start = () => server.connect(new StdioServerTransport());
