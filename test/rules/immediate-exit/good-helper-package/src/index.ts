import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import exitHook from 'async-exit-hook';

const server = new McpServer({ name: 'todo', version: '1.0.0' });
exitHook((done) => server.close().then(done));

process.on('SIGTERM', () => process.exit(0));

await server.connect(new StdioServerTransport());
