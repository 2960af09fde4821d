import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { spawn } from 'node:child_process';
import { z } from 'zod';
import { readSettings } from './settings.js';

if (process.argv.includes('--list-tools')) {
  console.log('build');
  process.exit(0);
}
const settings = readSettings();
const server = new McpServer({ name: 'build', version: '1.0.0' });

server.registerTool('build', { inputSchema: { target: z.string() } }, async ({ target }) => {
  const child = spawn(settings.command, [target]);
  child.on('exit', (code) => exit(code));
  process.once('SIGTERM', () => {
    child.kill('SIGTERM');
    process.exit(0);
  });
  return { content: [] };
});

function exit(code: number | null) {
  console.error('The build ended with', code);
}

server.connect(new StdioServerTransport()).catch((error) => {
  console.error(error);
  process.exit(1);
});
