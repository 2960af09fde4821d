import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { logger } from './logger.js';

process.on('SIGTERM', (signal) => {
  const uptime = Math.round(process.uptime());
  logger.info({ signal, uptime }, 'shutting down');
  process.stderr.write(`gone after ${uptime} s\n`);
  process.exit(0);
});

await new McpServer({ name: 'todo', version: '1.0.0' }).connect(new StdioServerTransport());
