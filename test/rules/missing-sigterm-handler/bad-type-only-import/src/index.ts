import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Shutdown } from './shutdown.js';

const hooks: Shutdown[] = [];
const server = new McpServer({ name: 'calendar', version: '1.0.0' });
hooks.push(() => server.close());
await server.connect(new StdioServerTransport());
