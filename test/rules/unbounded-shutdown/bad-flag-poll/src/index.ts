import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { appendFile } from 'node:fs/promises';

const server = new McpServer({ name: 'notes', version: '1.0.0' });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

class Journal {
  private lines: string[] = [];
  private isWriting = false;

  add(line: string): void {
    this.lines.push(line);
  }

  async write(): Promise<void> {
    while (this.isWriting) await sleep(50);
    this.isWriting = true;
    await appendFile('journal.log', this.lines.splice(0).join('\n'));
    this.isWriting = false;
  }
}

const journal = new Journal();
setInterval(() => void journal.write(), 10_000).unref();

process.on('SIGTERM', async () => {
  await server.close();
  await journal.write();
  process.exit(0);
});
await server.connect(new StdioServerTransport());
