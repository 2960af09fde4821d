import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { timeout } from './settings.js';

const server = new McpServer({ name: 'quotes', version: '1.0.0' });
console.error(`calls end after ${timeout} ms`);
await server.connect(new StdioServerTransport());
