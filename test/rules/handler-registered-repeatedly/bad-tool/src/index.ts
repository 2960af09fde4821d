import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { connect } from './dyno.js';
import closeWithGrace from 'close-with-grace';

const server = new McpServer({ name: 'dyno', version: '1.0.0' });

server.registerTool('run', { description: 'Runs a command' }, async () => {
  const output = await connect();
  return { content: [{ type: 'text', text: output }] };
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
