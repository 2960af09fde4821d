import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { deploy } from './deploy.js';

export function createServer() {
  const server = new McpServer({ name: 'deployer', version: '1.0.0' });
  server.registerTool('deploy', { inputSchema: { files: z.array(z.string()) } }, async ({ files }) => {
    const url = await deploy(files);
    return { content: [{ type: 'text', text: url }] };
  });
  return server;
}
