import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';

class App {
  #pool = new pg.Pool();
  #running = new Set();
  #stopped;

  constructor() {
    this.stop = this.stop.bind(this);
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, this.stop);
  }

  async start() {
    const server = new McpServer({ name: 'memoised', version: '1.0.0' });
    server.registerTool('size', {}, async () => {
      const work = this.#pool.query('select 1');
      this.#running.add(work);
      try {
        return { content: [{ type: 'text', text: String((await work).rowCount) }] };
      } finally {
        this.#running.delete(work);
      }
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    const app = express().use(express.json());
    app.post('/mcp', (req, res) => transport.handleRequest(req, res, req.body));
    app.listen(3000);
  }

  stop() {
    if (this.#stopped === undefined) this.#stopped = this.#finish();
    return this.#stopped;
  }

  async #finish() {
    setTimeout(() => process.exit(1), 9000).unref();
    await Promise.allSettled(this.#running);
    await this.#pool.end();
    process.exit(0);
  }
}

await new App().start();
