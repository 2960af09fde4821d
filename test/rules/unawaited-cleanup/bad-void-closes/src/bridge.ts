import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Hands messages of a stdio client on to a server elsewhere. */
export class Bridge {
  readonly local = new StdioServerTransport();
  readonly remote: StreamableHTTPClientTransport;

  constructor(url: string) {
    this.remote = new StreamableHTTPClientTransport(new URL(url));
    this.local.onmessage = (message) => void this.remote.send(message);
    this.remote.onmessage = (message) => void this.local.send(message);
    this.local.onclose = () => process.exit(0);
  }

  async start(): Promise<void> {
    await this.remote.start();
    await this.local.start();
  }

  stop(): void {
    void this.remote.close();
    void this.local.close();
  }
}
