import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

interface Options {
  setupSigintHandler?: boolean;
}

export class ActorsMcpServer {
  readonly server = new McpServer({ name: 'actors', version: '1.0.0' });

  constructor({ setupSigintHandler = true }: Options = {}) {
    this.server.registerTool('call_actor', {}, async () => ({ content: [{ type: 'text', text: 'done' }] }));
    if (setupSigintHandler) this.setupSignals();
  }

  private setupSignals(): void {
    process.on('SIGTERM', async () => {
      await this.server.close();
      process.exit(0);
    });
  }
}
