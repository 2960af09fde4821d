import { createServer, type Server } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Cache } from '../services/cache.js';

export class HttpTransport {
  private server: Server | null = null;

  constructor(private readonly cache: Cache) {}

  async listen(port: number): Promise<void> {
    this.server = createServer(async (req, res) => {
      const mcp = new McpServer({ name: 'core', version: '1.0.0' });
      mcp.registerTool('cached', {}, async () => ({ content: [{ type: 'text', text: (await this.cache.get('x')) ?? '' }] }));
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      await mcp.connect(transport);
      await transport.handleRequest(req, res);
    });
    await new Promise<void>((resolve) => this.server?.listen(port, resolve));
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    await new Promise<void>((resolve) => {
      const forced = setTimeout(() => server.closeAllConnections(), 5000);
      server.close(() => {
        clearTimeout(forced);
        resolve();
      });
    });
  }
}
