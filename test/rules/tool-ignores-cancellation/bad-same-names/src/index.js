import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import countMessages from './count-messages.js';

const server = new McpServer({ name: 'queues', version: '1.0.0' });

server.tool(countMessages.title, countMessages.shape, countMessages.answer);

closeWithGrace({ delay: 8000 }, () => server.close());
await server.connect(new StdioServerTransport());
