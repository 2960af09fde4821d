import { bootstrap } from '@agency/bootstrap/server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'ads', version: '1.0.0' });
await bootstrap({ start: () => server.connect(new StdioServerTransport()), stop: () => server.close() });
