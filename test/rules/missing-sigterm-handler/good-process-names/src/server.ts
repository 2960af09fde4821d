import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'names', version: '1.0.0' });

export const start = () => server.connect(new StdioServerTransport());
export const stop = () => server.close();
