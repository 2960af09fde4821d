import { type Server, createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

export class McpHttpServer {
  private readonly app = express();
  private http?: Server;

  constructor(private readonly options: { port: number }) {
    this.app.post('/mcp', express.json(), (req, res) => this.handle(req, res));
  }

  start() {
    this.http = createServer(this.app);
    this.http.listen(this.options.port);
  }

  /** Closes the listener. Whoever starts the server is to call it. */
  async stop() {
    await new Promise((resolve) => this.http?.close(resolve));
  }

  private async handle(req: express.Request, res: express.Response) {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await new McpServer({ name: 'crm', version: '1.0.0' }).connect(transport);
    await transport.handleRequest(req, res, req.body);
  }
}
