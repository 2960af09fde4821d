import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export const createServer = () => new McpServer({ name: 'orders', version: '1.0.0' });
