import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { ListPromptsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import closeWithGrace from 'close-with-grace';

const server = new Server({ name: 'prompts', version: '1.0.0' }, { capabilities: { prompts: {} } });

server.setRequestHandler(ListPromptsRequestSchema, async () => {
  if (!process.env.PROMPTS) process.exit(1);
  return { prompts: [{ name: process.env.PROMPTS }] };
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
