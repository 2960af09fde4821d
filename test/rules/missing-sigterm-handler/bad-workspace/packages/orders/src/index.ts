import { serveHttp } from '@shop/server-kit';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

serveHttp(() => new McpServer({ name: 'orders', version: '1.0.0' }), 3000);
