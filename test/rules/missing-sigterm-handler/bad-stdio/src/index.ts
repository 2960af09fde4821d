#!/usr/bin/env node
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'clock', version: '1.0.0' });
server.registerTool('now', {}, async () => ({ content: [{ type: 'text', text: new Date().toISOString() }] }));

await server.connect(new StdioServerTransport());
console.error('clock is running on stdio');
