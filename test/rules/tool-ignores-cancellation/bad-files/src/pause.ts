import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function registerPause(server: McpServer): void {
  server.registerTool('pause', { description: 'Waits' }, async () => {
    await pause(10_000);
    return { content: [{ type: 'text', text: 'awake' }] };
  });
}
