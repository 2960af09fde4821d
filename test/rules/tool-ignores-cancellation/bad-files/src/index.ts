import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';
import { Api } from './api.js';
import { registerPause } from './pause.js';

const server = new McpServer({ name: 'files', version: '1.0.0' });
const api = new Api('https://api.example');

server.registerTool('user', { inputSchema: { id: z.string() } }, async ({ id }) => api.get(`users/${id}`));
server.registerTool('post', { inputSchema: { text: z.string() } }, async ({ text }) => api.post('posts', { text }));
registerPause(server);

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
