import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { Pool } from 'pg';

interface Environment {
  exit: (code: number) => void;
}

export class DbToolsServer {
  private readonly mcp = new McpServer({ name: 'db-tools', version: '1.0.0' });
  private readonly transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  private readonly pool = new Pool();
  private cleanupPromise: Promise<void> | null = null;
  private readonly exitProcess: (code: number) => void;

  constructor(environment: Environment) {
    this.exitProcess = environment.exit;
    this.mcp.registerTool('count', {}, async () => {
      const { rowCount } = await this.pool.query('select 1');
      return { content: [{ type: 'text', text: String(rowCount) }] };
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.onSignal);
  }

  async run(): Promise<void> {
    await this.mcp.connect(this.transport);
    const app = express().use(express.json());
    app.post('/mcp', (req, res) => this.transport.handleRequest(req, res, req.body));
    app.listen(3333);
  }

  private readonly onSignal = async (): Promise<void> => {
    try {
      await this.cleanup();
      this.exitProcess(0);
    } catch {
      this.exitProcess(1);
    }
  };

  private cleanup(): Promise<void> {
    if (!this.cleanupPromise) this.cleanupPromise = this.closeAll();
    return this.cleanupPromise;
  }

  private async closeAll(): Promise<void> {
    await this.mcp.close();
    await this.pool.end();
  }
}
