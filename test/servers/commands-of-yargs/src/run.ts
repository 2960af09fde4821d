import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CommandModule } from 'yargs';

export const runCommand: CommandModule = {
  command: 'run',
  describe: 'Serve over stdio',
  handler: async () => {
    const server = new McpServer({ name: 'notes', version: '1.0.0' });
    await server.connect(new StdioServerTransport());
  },
};
