import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { spawn } from 'node:child_process';

const server = new McpServer({ name: 'sent', version: '1.0.0' });
const child = spawn('worker');
process.on('SIGTERM', async () => {
  await server.close();
  child.kill('SIGKILL');
  process.kill(process.pid, 'SIGSTOP');
  process.exit(0);
});
child.on('SIGKILL', () => console.error('not a signal'));

function neverCalled() {
  process.on('SIGKILL', () => process.exit(1));
}

await server.connect(new StdioServerTransport());
