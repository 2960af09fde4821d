import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { startHttp } from './http.js';

const create = () => new McpServer({ name: 'both', version: '1.0.0' });

if (process.argv.includes('--stdio')) await create().connect(new StdioServerTransport());
else startHttp(create);
