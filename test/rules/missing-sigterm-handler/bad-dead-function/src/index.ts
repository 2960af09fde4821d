import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { log } from './lifecycle.js';

const server = new McpServer({ name: 'search', version: '1.0.0' });
await server.connect(new StdioServerTransport());
log('ready');
