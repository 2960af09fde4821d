import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

class ImageServer {
  private readonly server = new McpServer({ name: 'images', version: '1.0.0' });
  private stopping: Promise<void> | undefined;

  async run(): Promise<void> {
    this.listen();
    await this.server.connect(new StdioServerTransport());
  }

  private listen(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        this.stopping ??= this.stop();
      });
    }
  }

  private async stop(): Promise<void> {
    await this.server.close();
    process.exit(0);
  }
}

await new ImageServer().run();
