import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

/** The server of one session. */
export function makeSessionServer(): McpServer {
  const server = new McpServer({ name: 'actors', version: '1.0.0' });
  server.registerTool('call_actor', {}, async () => ({ content: [{ type: 'text', text: 'done' }] }));
  setupSignals(server);
  return server;
}

function setupSignals(server: McpServer): void {
  ['SIGTERM', 'SIGINT'].forEach((signal) => {
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
  });
}
