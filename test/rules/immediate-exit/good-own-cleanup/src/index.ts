import Database from 'better-sqlite3';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const db = new Database('todo.db');

// The database is closed before the exit: more than an exit at once, if not enough.
process.on('SIGTERM', () => {
  db.close();
  process.exit(0);
});

await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());
