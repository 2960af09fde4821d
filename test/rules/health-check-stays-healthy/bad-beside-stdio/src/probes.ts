import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { queue } from './queue.js';

/** Answers the container's health check; tool calls come over stdio. */
export class Probes {
  private server: Server | undefined;

  start(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.server = createServer((req, res) => this.answer(req, res));
      this.server.listen(port, '127.0.0.1', () => resolve());
    });
  }

  stop(): void {
    this.server?.close();
  }

  private answer(req: IncomingMessage, res: ServerResponse): void {
    switch (req.url) {
      case '/health':
        return this.send(res, { status: 'ok', waiting: queue.waiting.length });
      case '/live':
        return this.send(res, { alive: true });
      default:
        res.writeHead(404).end();
    }
  }

  private send(res: ServerResponse, body: unknown): void {
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
