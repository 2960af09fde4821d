import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

serveStdio(() => new McpServer({ name: 'notes', version: '1.0.0' }), {
  onerror: (error) => console.error(error),
});
