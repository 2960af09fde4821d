import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { appendFileSync } from 'node:fs';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

process.on('SIGTERM', () => {
  server
    .close()
    .then(() => process.exit(0))
    .catch((error) => {
      appendFileSync('/tmp/notes.log', String(error));
      process.exit(1);
    });
});
process.on('exit', () => appendFileSync('/tmp/notes.log', 'gone'));
await server.connect(new StdioServerTransport());
