import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import Database from 'better-sqlite3';

const database = new Database('notes.db');
const server = new McpServer({ name: 'notes', version: '1.0.0' });

class Calls {
  private running = 0;
  private readonly waiters = new Set<() => void>();

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      if (this.running === 0) for (const waiter of this.waiters) waiter();
    }
  }

  idle(atMostMs: number): Promise<void> {
    if (this.running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.waiters.delete(done);
        resolve();
      };
      this.waiters.add(done);
      setTimeout(done, atMostMs);
    });
  }
}

const calls = new Calls();

server.registerTool('count', {}, () =>
  calls.run(async () => {
    const rows = database.prepare('SELECT title FROM notes').all();
    return { content: [{ type: 'text', text: `${rows.length} notes` }] };
  }),
);

process.on('SIGTERM', async () => {
  await calls.idle(3_000);
  database.close();
  await server.close();
  process.exit(0);
});

await server.connect(new StdioServerTransport());
