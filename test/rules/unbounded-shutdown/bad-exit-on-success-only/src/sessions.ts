import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

export class SessionRepository {
  private readonly byId: Record<string, StreamableHTTPServerTransport> = {};

  save(id: string, transport: StreamableHTTPServerTransport): void {
    this.byId[id] = transport;
  }

  find(id: string): StreamableHTTPServerTransport | undefined {
    return this.byId[id];
  }

  map<T>(use: (transport: StreamableHTTPServerTransport) => T): T[] {
    return Object.values(this.byId).map(use);
  }
}
