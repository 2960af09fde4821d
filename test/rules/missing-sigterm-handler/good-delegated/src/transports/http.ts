import { StreamableHTTPTransport } from '@hono/mcp';
import { type ServerType, serve } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';

export class HttpTransport {
  private listener?: ServerType;

  async start() {
    const app = new Hono();
    app.all('/mcp', async (c) => {
      const transport = new StreamableHTTPTransport();
      await new McpServer({ name: 'maps', version: '1.0.0' }).connect(transport);
      return transport.handleRequest(c);
    });
    this.listener = serve({ fetch: app.fetch, port: 3000 });
  }

  async stop() {
    await new Promise((resolve) => this.listener?.close(resolve));
  }
}
