import type { Server } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Stoppable } from '@suite/runtime';
import express from 'express';

export class CrmApp implements Stoppable {
  private listener: Server | undefined;
  private readonly server = new McpServer({ name: 'crm', version: '0.1.0' });
  private readonly transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });

  async start(port: number): Promise<void> {
    this.server.registerTool('list_deals', {}, async () => ({ content: [{ type: 'text', text: '[]' }] }));
    await this.server.connect(this.transport);
    const app = express().use(express.json());
    app.post('/mcp', (req, res) => this.transport.handleRequest(req, res, req.body));
    this.listener = app.listen(port);
  }

  async stop(): Promise<void> {
    await this.server.close();
    this.listener?.close();
  }
}
