import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export function createMcpServer() {
  const server = new McpServer({ name: 'releases', version: '0.4.0' });
  server.registerTool('latest_release', { description: 'The latest release' }, async ({ signal }) => {
    const answer = await fetch('https://releases.example/latest', { signal });
    return { content: [{ type: 'text', text: await answer.text() }] };
  });
  return server;
}
