import { MCPServer } from 'mcp-use/server';

const server = new MCPServer({ name: 'notes', version: '1.0.0' });
await server.listen(3000);

process.on('SIGINT', () => server.close());
process.on('SIGTERM', () => server.close());
