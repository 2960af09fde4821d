import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

class NotesServer {
  private readonly calls = new Set<Promise<unknown>>();

  async start() {
    const server = new McpServer({ name: 'notes', version: '1.0.0' });
    server.registerTool('list_notes', {}, () => {
      const call = Promise.resolve({ content: [] });
      this.calls.add(call);
      return call.finally(() => this.calls.delete(call));
    });
    process.on('SIGTERM', () => this.stop(true));
    process.on('SIGINT', () => this.stop(true));
    process.stdin.on('end', () => this.stop(true));
    await server.connect(new StdioServerTransport());
  }

  // A test stops and starts it again and again.
  async stop(isLast: boolean) {
    setTimeout(() => process.exit(1), 9_000).unref();
    await Promise.allSettled([...this.calls]);
    if (isLast) process.exit(0);
  }
}

await new NotesServer().start();
