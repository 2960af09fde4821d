import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Browsers } from './browsers.js';

const browsers = new Browsers();
const server = new McpServer({ name: 'pages', version: '1.0.0' });
server.registerTool('title', {}, async () => {
  const page = await (await browsers.acquire()).newPage();
  return { content: [{ type: 'text', text: await page.title() }] };
});

process.once('SIGTERM', async () => {
  await server.close();
  await browsers.close();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
