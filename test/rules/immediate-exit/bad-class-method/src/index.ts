import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

class TodoServer {
  private readonly server = new Server({ name: 'todo', version: '1.0.0' }, { capabilities: { tools: {} } });

  constructor() {
    this.server.onerror = (error) => console.error('[MCP]', error);
    process.on('SIGTERM', this.stop.bind(this));
    process.on('SIGINT', async () => {
      await this.server.close();
      process.exit(0);
    });
  }

  async run() {
    await this.server.connect(new StdioServerTransport());
  }

  private stop() {
    console.error('stopped');
    process.exit(0);
  }
}

new TodoServer().run().catch(console.error);
