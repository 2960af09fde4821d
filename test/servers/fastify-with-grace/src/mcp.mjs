import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

export function createMcp(redis) {
  const server = new McpServer({ name: 'flags', version: '3.0.0' });
  server.registerTool('set_flag', { inputSchema: { name: z.string(), on: z.boolean() } }, async ({ name, on }) => {
    await redis.set(`flag:${name}`, on ? '1' : '0');
    return { content: [{ type: 'text', text: 'ok' }] };
  });
  return server;
}
