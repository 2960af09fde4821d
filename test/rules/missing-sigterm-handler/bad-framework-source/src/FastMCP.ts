import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { startHTTPServer } from 'mcp-proxy';

/** What a tool gets along with its arguments. */
export interface Context {
  signal: AbortSignal;
}

export class FastMCP {
  constructor(private readonly info: { name: string; version: string }) {}

  async start(options: { transportType: 'stdio' | 'httpStream'; port?: number }) {
    const create = async () => new Server(this.info, { capabilities: {} });
    if (options.transportType === 'stdio') await (await create()).connect(new StdioServerTransport());
    else await startHTTPServer({ createServer: create, port: options.port ?? 8080 });
  }
}
