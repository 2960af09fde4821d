import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createMcpServer } from './mcp.js';

export async function startServer({ port, signal }) {
  const app = express();
  app.use(express.json());
  const sessions = new Map();

  app.all('/mcp', async (req, res) => {
    const known = sessions.get(req.get('mcp-session-id'));
    if (known) return known.handleRequest(req, res, req.body);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => sessions.set(id, transport),
      onsessionclosed: (id) => sessions.delete(id),
    });
    await createMcpServer().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });

  const http = app.listen(port);
  await new Promise((resolve) => http.once('listening', resolve));

  signal.addEventListener(
    'abort',
    async () => {
      for (const transport of sessions.values()) await transport.close();
      await new Promise((resolve) => http.close(resolve));
      const forced = setTimeout(() => process.exit(1), 5000);
      forced.unref();
      process.exit(0);
    },
    { once: true },
  );
}
