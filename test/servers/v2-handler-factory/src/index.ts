import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { makeServer } from './tools.ts';

const mcp = createMcpHandler(makeServer);
const handle = toNodeHandler(mcp);

const http = createServer((req, res) => {
  if (req.url === '/livez') {
    res.end('alive');
    return;
  }
  void handle(req, res);
});
http.listen(Number(process.env.PORT ?? 3000));

async function stop() {
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    setTimeout(resolve, 8_000).unref();
  });
  await mcp.close();
  process.exit(0);
}

let once: Promise<void> | undefined;
process.on('SIGTERM', () => (once ??= stop()));
process.on('SIGINT', () => (once ??= stop()));
