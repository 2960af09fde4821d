import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

/** All open sessions of the process. */
export class SessionRegistry {
  private static instance: SessionRegistry | undefined;
  private readonly sessions = new Map<string, StreamableHTTPServerTransport>();

  private constructor() {}

  static getInstance(): SessionRegistry {
    if (!SessionRegistry.instance) {
      SessionRegistry.instance = new SessionRegistry();
    }
    return SessionRegistry.instance;
  }

  add(id: string, transport: StreamableHTTPServerTransport): void {
    this.sessions.set(id, transport);
  }

  find(id: string | undefined): StreamableHTTPServerTransport | undefined {
    return id === undefined ? undefined : this.sessions.get(id);
  }

  async closeAll(): Promise<void> {
    for (const [id, transport] of this.sessions) {
      await transport.close();
      this.sessions.delete(id);
    }
  }
}
