import { type ChildProcess, spawn } from 'node:child_process';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

class Shell {
  private readonly process: ChildProcess = spawn('bash');

  constructor() {
    this.process.once('SIGTERM', () => console.error('the shell was told to stop'));
    this.process.on('exit', (code, signal) => {
      if (signal === 'SIGTERM') console.error(`the shell ended with ${code}`);
    });
  }

  stop() {
    this.process.kill('SIGTERM');
  }
}

const shell = new Shell();
const server = new McpServer({ name: 'shell', version: '1.0.0' });
server.registerTool('stop', {}, async () => {
  shell.stop();
  return { content: [] };
});
await server.connect(new StdioServerTransport());
