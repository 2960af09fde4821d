import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

class QuotesServer {
  private readonly app = express();

  constructor(private readonly port: number) {
    this.app.use(express.json());
    this.app.get('/health', (_req, res) => {
      res.json({ status: 'ok' });
    });
    this.app.post('/mcp', (req, res) => this.handlePost(req, res));
  }

  private createServer(): McpServer {
    const server = new McpServer({ name: 'quotes', version: '1.0.0' });

    server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

    server.registerTool(
      'slow',
      { description: 'Takes a while', inputSchema: { ms: z.number() } },
      async ({ ms }) => {
        console.error('slow: started');
        await sleep(ms);
        console.error('slow: finished');
        return text('slow done');
      },
    );

    server.registerTool(
      'patient',
      { description: 'Takes a while, and can be cancelled', inputSchema: { ms: z.number() } },
      async ({ ms }, extra) => {
        console.error('patient: started');
        try {
          await sleep(ms, undefined, { signal: extra.signal });
        } catch {
          console.error('patient: cancelled');
          throw new Error('cancelled');
        }
        return text('patient done');
      },
    );

    server.registerTool(
      'big',
      { description: 'Answers a lot', inputSchema: { bytes: z.number() } },
      async ({ bytes }) => text('x'.repeat(bytes)),
    );

    return server;
  }

  private async handlePost(req: Request, res: Response): Promise<void> {
    const server = this.createServer();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    res.on('close', () => {
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(req, res, req.body);
  }

  start(): void {
    this.app.listen(this.port, () => {
      console.log(`quotes server listening on ${this.port}`);
    });
  }
}

new QuotesServer(Number(process.env.PORT ?? 3000)).start();
