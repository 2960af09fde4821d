import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

class FilesServer {
  #closing = null;

  constructor() {
    this.server = new Server({ name: 'files', version: '1.0.0' }, { capabilities: {} });
    this.shutdown = this.shutdown.bind(this);
    process.on('SIGTERM', this.shutdown);
    process.on('SIGINT', this.onInterrupt);
  }

  onInterrupt = () => this.shutdown();

  shutdown() {
    this.#closing ??= this.server.close().finally(() => process.exit(0));
    return this.#closing;
  }

  run() {
    return this.server.connect(new StdioServerTransport());
  }
}

new FilesServer().run();
