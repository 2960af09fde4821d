import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
async function stop() { await server.close(); process.exit(0); }

if (process.stdin.isTTY) process.on('SIGINT', stop);
await server.connect(new StdioServerTransport());
