import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const server = new McpServer({ name: 'git', version: '1.0.0' });

process.on('exit', () => console.error('SIGTERM or not, git-server is gone'));
process.on('SIGHUP', () => process.exit(0));
process.on('uncaughtException', (error) => console.error(error));
process.stdin.on('end', () => process.exit(0));
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

// The client may have died without closing the pipe.
setInterval(() => {
  try {
    process.kill(process.ppid, 0);
  } catch {
    process.exit(0);
  }
}, 5_000).unref();

await server.connect(new StdioServerTransport());
