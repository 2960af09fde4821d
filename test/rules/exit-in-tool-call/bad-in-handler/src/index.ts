import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import closeWithGrace from 'close-with-grace';

const server = new McpServer({ name: 'mail', version: '1.0.0' });

server.tool('send', 'Sends a message', { to: z.string() }, async ({ to }) => {
  const key = process.env.MAIL_KEY;
  if (!key) {
    console.error(`No key to send to ${to}`);
    process.exit(1);
  }
  return { content: [{ type: 'text', text: await send(to, key) }] };
});

server.tool('ping', async () => {
  if (!process.env.MAIL_HOST) process.exit(2);
  return { content: [{ type: 'text', text: 'pong' }] };
});

async function send(to: string, key: string) {
  return `Sent to ${to} with a key of ${key.length} characters`;
}

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
