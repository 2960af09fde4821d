import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createCatalogServer } from './server.js';

/** For applications that want a listener of their own; they own its life. */
export function serveHttp(port: number) {
  const app = express();
  app.post('/mcp', express.json(), async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createCatalogServer().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  return app.listen(port);
}
