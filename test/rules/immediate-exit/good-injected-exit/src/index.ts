import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Lifecycle } from './lifecycle.js';

const server = new McpServer({ name: 'todo', version: '1.0.0' });
new Lifecycle(() => server.close(), (code) => process.exit(code)).listen();
await server.connect(new StdioServerTransport());
