import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const verbose = process.env.DEBUG === '1';

process.on('SIGTERM', () => {
  if (verbose) {
    console.error('stopped by SIGTERM');
    process.exit(0);
  } else {
    process.exit(0);
  }
});

await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());
