import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import Database from 'better-sqlite3';

const db = new Database('notes.db');
const server = new McpServer({ name: 'notes', version: '1.0.0' });

process.on('SIGTERM', async () => {
  await server.close();
  db.close();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
