import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

let running = 0;

const http = createServer(async (req, res) => {
  running += 1;
  res.on('close', () => {
    running -= 1;
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await new McpServer({ name: 'wiki', version: '1.0.0' }).connect(transport);
  await transport.handleRequest(req, res);
});
http.listen(3000);

function drain(signal: string) {
  console.error(`${signal}: waiting for ${running} calls`);
  http.close();
  const started = Date.now();
  const poll = setInterval(() => {
    if (running > 0 && Date.now() - started < 8_000) return;
    clearInterval(poll);
    process.exit(running > 0 ? 1 : 0);
  }, 100);
}

process.on('SIGTERM', () => drain('SIGTERM'));
process.on('SIGINT', () => drain('SIGINT'));
