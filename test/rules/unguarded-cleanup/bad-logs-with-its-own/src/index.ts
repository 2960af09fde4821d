import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';
import { createLogger } from './logger.js';

class RecipesServer {
  private readonly logger = createLogger('recipes');
  private readonly pool = new pg.Pool();
  private readonly server = new McpServer({ name: 'recipes', version: '1.0.0' });
  private running = 0;
  private isStopping = false;

  async start(): Promise<void> {
    const app = express();
    app.use(express.json());
    app.post('/mcp', async (req, res) => {
      this.running += 1;
      res.on('close', () => {
        this.running -= 1;
      });
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      try {
        await this.server.connect(transport);
        await transport.handleRequest(req, res, req.body);
      } catch (caught) {
        this.logger.error('request failed', { cause: caught });
      }
    });
    app.listen(3000);
    process.on('SIGTERM', () => void this.stop());
    process.on('SIGINT', () => void this.stop());
  }

  private async stop(): Promise<void> {
    if (this.isStopping) return;
    this.isStopping = true;
    setTimeout(() => process.exit(1), 9_000).unref();
    const end = Date.now() + 5_000;
    while (this.running > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.pool.end();
    await this.server.close();
    this.logger.info('stopped');
    process.exit(0);
  }
}

await new RecipesServer().start();
