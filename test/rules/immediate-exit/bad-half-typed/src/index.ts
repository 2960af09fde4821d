import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

process.on('SIGTERM', () => {
  console.error('stopped');
  process.exit(0);
});

await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());

const tools = [
