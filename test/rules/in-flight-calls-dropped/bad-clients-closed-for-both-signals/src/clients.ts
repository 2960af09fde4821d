import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** The servers behind this one. */
export class Clients {
  private readonly clients = new Map<string, { client: Client; transport: StreamableHTTPClientTransport }>();

  async connect(name: string, url: string): Promise<void> {
    const client = new Client({ name, version: '1.0.0' });
    const transport = new StreamableHTTPClientTransport(new URL(url));
    await client.connect(transport);
    this.clients.set(name, { client, transport });
  }

  async closeAll(): Promise<void> {
    for (const { client, transport } of this.clients.values()) {
      await client.close();
      await transport.close();
    }
  }
}
