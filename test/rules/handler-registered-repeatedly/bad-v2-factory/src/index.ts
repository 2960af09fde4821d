import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

function makeServer() {
  const server = new McpServer({ name: 'factory', version: '1.0.0' });
  process.on('SIGTERM', () => void server.close());
  return server;
}

createServer(toNodeHandler(createMcpHandler(() => makeServer()))).listen(3000);
