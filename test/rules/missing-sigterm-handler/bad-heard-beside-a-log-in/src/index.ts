import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { logIn } from './logIn.js';

const serve = () => new McpServer({ name: 'tickets', version: '1.0.0' });
const exitAfter = (save: () => Promise<void>) => async () => {
  await save();
  process.exit(0);
};

async function main() {
  const session = await logIn();
  if (process.argv.includes('--http')) {
    const listener = createServer(async (req, res) => {
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      await serve().connect(transport);
      await transport.handleRequest(req, res);
    });
    listener.listen(3000);
    process.on('SIGINT', exitAfter(session.save));
  } else {
    await serve().connect(new StdioServerTransport());
    process.on('SIGINT', exitAfter(session.save));
    process.on('SIGTERM', exitAfter(session.save));
  }
}

await main();
