import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { chromium } from 'playwright';

const browser = await chromium.launch();
const server = new McpServer({ name: 'pages', version: '1.0.0' });

process.on('exit', async () => {
  await browser.close();
});
process.on('SIGTERM', async () => {
  await server.close();
  await browser.close();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
