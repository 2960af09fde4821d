import { createMcpHandler } from 'mcp-handler';

const handler = createMcpHandler((server) => {
  server.tool('ping', {}, async () => ({ content: [{ type: 'text', text: 'pong' }] }));
});

export { handler as GET, handler as POST, handler as DELETE };
