import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Sessions } from './sessions.js';

let running = 0;
export const inFlight = () => running;

export function createServer(): McpServer {
  const server = new McpServer({ name: 'browse', version: '1.0.0' });
  const sessions = new Sessions();
  server.registerTool('title', {}, async () => {
    running += 1;
    try {
      const session = await sessions.open('default');
      return { content: [{ type: 'text', text: await session.title() }] };
    } finally {
      running -= 1;
    }
  });
  return server;
}
