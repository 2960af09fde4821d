import { MCPServer } from 'mcp-framework';

const server = new MCPServer();
await server.start();
