import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

class Closing {
  constructor() {
    this.listen();
  }

  private listen() {
    if (!this.close) throw new Error('Nothing to close');
    process.once('SIGTERM', () => this.close());
  }

  async close() {}
}

export class Session extends Closing {
  readonly server = new McpServer({ name: 'session', version: '1.0.0' });

  override async close() {
    await this.server.close();
  }
}
