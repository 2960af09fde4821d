import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { connectionPool } from './pool.js';

const sessions = new Map<string, StreamableHTTPServerTransport>();

export function startHttpServer(port: number) {
  const app = express();
  app.use(express.json());
  app.post('/http', async (req, res) => {
    let transport = sessions.get(req.get('mcp-session-id') ?? '');
    if (!transport) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (id) => void sessions.set(id, transport!),
      });
      const server = new McpServer({ name: 'budget', version: '1.0.0' });
      server.registerTool('months', {}, async () => ({
        content: [{ type: 'text', text: await connectionPool.of('me').request('months') }],
      }));
      await server.connect(transport);
    }
    await transport.handleRequest(req, res, req.body);
  });
  const listener = app.listen(port, () => console.log('listening'));

  const cleanup = async () => {
    clearInterval(sweeper);
    await Promise.all([...sessions.values()].map((transport) => transport.close().catch(() => {})));
    sessions.clear();
    await connectionPool.shutdownAll();
    console.log('all sessions are closed');
  };
  const sweeper = setInterval(() => console.log(sessions.size), 60_000);
  process.on('SIGTERM', cleanup);
  process.on('SIGINT', cleanup);
  return listener;
}

startHttpServer(3600);
