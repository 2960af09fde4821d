import { McpServer, serveStdio } from '@modelcontextprotocol/server';
import { registerTools } from './tools/register.js';

serveStdio(() => {
  const server = new McpServer({ name: 'cloud-run-like', version: '1.0.0' });
  registerTools(server);
  return server;
});
