import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import closeWithGrace from 'close-with-grace';
import { z } from 'zod';
import { Jobs } from './jobs.js';
import { Order } from './order.js';

const server = new McpServer({ name: 'jobs', version: '1.0.0' });
const jobs = new Jobs();

server.tool('note_command', { command: z.string() }, async ({ command }) => ({
  content: [{ type: 'text', text: await jobs.run({ command }) }],
}));

server.tool('send_archive', { archive: z.string() }, async ({ archive }) => ({
  content: [{ type: 'text', text: await jobs.run({ archive }) }],
}));

server.tool('send_order', { archive: z.string() }, async ({ archive }) => ({
  content: [{ type: 'text', text: await new Order().place({ archive }) }],
}));

server.tool('note_order', { command: z.string() }, async ({ command }) => ({
  content: [{ type: 'text', text: await new Order().place({ command }) }],
}));

server.tool('any_order', { order: z.any() }, async ({ order }) => ({
  content: [{ type: 'text', text: await new Order().place(order) }],
}));

closeWithGrace({ delay: 8000 }, () => server.close());
await server.connect(new StdioServerTransport());
