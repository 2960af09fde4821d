import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export class ServerList {
  private readonly servers: McpServer[] = [];

  constructor(private readonly make: () => McpServer) {}

  async create(): Promise<McpServer> {
    const server = this.make();
    this.servers.push(server);
    return server;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
  }
}
