import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { spawn } from 'node:child_process';

const indexer = spawn('ctags', ['--watch']);
const server = new McpServer({ name: 'symbols', version: '1.0.0' });
server.registerTool('count', {}, async () => ({ content: [{ type: 'text', text: String(indexer.pid) }] }));
await server.connect(new StdioServerTransport());
