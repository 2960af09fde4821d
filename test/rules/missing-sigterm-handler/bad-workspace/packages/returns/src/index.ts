import { onShutdown, serveHttp } from '@shop/server-kit';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

const listener = serveHttp(() => new McpServer({ name: 'returns', version: '1.0.0' }), 3001);
onShutdown(() => new Promise((resolve) => listener.close(resolve)));
