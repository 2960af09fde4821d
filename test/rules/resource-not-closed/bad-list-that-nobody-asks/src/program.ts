import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { ServerList } from './serverList.js';
import { SessionManager } from './sessions.js';

const sessions = new SessionManager();
const list = new ServerList(() => {
  const server = new McpServer({ name: 'cloud-browsers', version: '1.0.0' });
  server.registerTool('title', {}, async (extra) => {
    const browser = await sessions.open(extra.sessionId ?? 'one');
    const page = await browser.newPage();
    return { content: [{ type: 'text', text: await page.title() }] };
  });
  return server;
});

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await (await list.create()).connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(8080);

let isExiting = false;
const handleExit = async () => {
  if (isExiting) return;
  isExiting = true;
  setTimeout(() => process.exit(0), 15_000);
  await list.closeAll();
  process.exit(0);
};
process.stdin.on('close', handleExit);
process.on('SIGINT', handleExit);
process.on('SIGTERM', handleExit);
