import { randomUUID } from 'crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { z } from 'zod';
import { connection, reports, worker } from './queue';

class App {
  private readonly app = express();
  private readonly transports: { [id: string]: StreamableHTTPServerTransport } = {};
  private http?: ReturnType<typeof this.app.listen>;
  private isShuttingDown = false;

  constructor(private readonly port: number) {
    this.app.use(express.json());
    this.app.post('/mcp', this.handle.bind(this));
    this.app.get('/mcp', this.handle.bind(this));
    this.app.get('/health', (_req, res) => {
      res.json({ status: 'ok', sessions: Object.keys(this.transports).length });
    });
  }

  private async handle(req: express.Request, res: express.Response) {
    const id = req.headers['mcp-session-id'] as string;
    let transport = this.transports[id];
    if (!transport) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (newId) => {
          this.transports[newId] = transport;
        },
      });
      const server = new McpServer({ name: 'reports', version: '1.0.0' });
      server.tool('order_report', { month: z.string() }, async ({ month }) => {
        const job = await reports.add('monthly', { month });
        return { content: [{ type: 'text', text: `job ${job.id}` }] };
      });
      await server.connect(transport);
    }
    await transport.handleRequest(req, res, req.body);
  }

  start() {
    this.http = this.app.listen(this.port);
    process.on('SIGTERM', this.shutdown.bind(this, 'SIGTERM'));
    process.on('SIGINT', this.shutdown.bind(this, 'SIGINT'));
  }

  private async shutdown(signal: string) {
    if (this.isShuttingDown) return;
    this.isShuttingDown = true;
    console.log(`Received ${signal}`);
    const results = await Promise.allSettled([
      worker.close(),
      reports.close(),
      ...Object.values(this.transports).map((transport) => transport.close()),
    ]);
    for (const result of results) if (result.status === 'rejected') console.error(result.reason);
    await connection.quit();
    this.http?.close(() => process.exit(0));
    setTimeout(() => process.exit(1), 10000).unref();
  }
}

new App(Number(process.env.PORT || 3000)).start();
