import type { Server } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

class NotesServer {
  private readonly app = express();
  private listener?: Server;
  private running = 0;

  constructor(private readonly port: number) {
    this.app.use(express.json());
    this.app.post('/mcp', async (request, response) => {
      if (!this.listener) return void response.status(503).end();
      this.running += 1;
      response.on('close', () => (this.running -= 1));
      const server = new McpServer({ name: 'notes', version: '1.0.0' });
      server.registerTool('list_notes', {}, async () => ({ content: [{ type: 'text', text: 'none' }] }));
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      await server.connect(transport);
      await transport.handleRequest(request, response, request.body);
    });
  }

  start(): void {
    this.listener = this.app.listen(this.port);
    process.on('SIGTERM', () => this.stop());
    process.on('SIGINT', () => this.stop());
  }

  // New calls are refused from here on.
  private async stop(): Promise<void> {
    setTimeout(() => process.exit(1), 9_000).unref();
    this.listener?.closeIdleConnections();
    this.listener = undefined;
    const end = Date.now() + 5_000;
    while (this.running > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    process.exit(0);
  }
}

new NotesServer(3000).start();
