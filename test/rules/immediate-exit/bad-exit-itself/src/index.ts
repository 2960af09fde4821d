import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

process.on('SIGTERM', process.exit);
process.on('SIGINT', process.exit.bind(process, 0));

await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());
