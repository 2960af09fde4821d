import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

export const start = () => new McpServer({ name: 'modes', version: '1.0.0' }).connect(new StdioServerTransport());
