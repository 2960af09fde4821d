import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { drain } from 'lifecycle-kit';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
async function stop() { await drain(server); process.exit(0); }

if (process.stdin.isTTY) process.on('SIGINT', stop);
await server.connect(new StdioServerTransport());
