import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export const createServer = () => new McpServer({ name: 'files', version: '1.0.0' });
