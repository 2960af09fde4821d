import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { OnShutdown } from './decorators.js';

class Runtime {
  private readonly server = new McpServer({ name: 'decorated', version: '1.0.0' });

  run() {
    return this.server.connect(new StdioServerTransport());
  }

  @OnShutdown()
  async stop() {
    await this.server.close();
  }
}

await new Runtime().run();
