import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { saveNotes } from './store.js';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('list_notes', {}, async () => ({ content: [{ type: 'text', text: 'none' }] }));

// A page for people; MCP is spoken over stdio.
const page = createServer((_request, response) => response.end('<h1>Notes</h1>'));
page.listen(8080, '127.0.0.1');

process.on('SIGTERM', async () => {
  page.close();
  await saveNotes();
  process.exit(0);
});

await server.connect(new StdioServerTransport());
