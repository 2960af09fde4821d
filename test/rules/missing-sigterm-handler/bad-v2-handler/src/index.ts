import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const handler = createMcpHandler(() => new McpServer({ name: 'billing', version: '1.0.0' }));

createServer(toNodeHandler(handler)).listen(3000);
