import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';
import { Jobs } from './jobs.js';

const server = new McpServer({ name: 'jobs', version: '1.0.0' });
const jobs = new Jobs();

server.tool('note_command', { command: z.string() }, async ({ command }) => ({
  content: [{ type: 'text', text: await jobs.run({ command }) }],
}));

closeWithGrace({ delay: 8000 }, () => server.close());
await server.connect(new StdioServerTransport());
