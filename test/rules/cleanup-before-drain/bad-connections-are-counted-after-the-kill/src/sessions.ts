import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createHarnessServer } from './mcp.js';

interface Session {
  transport: StreamableHTTPServerTransport;
  lastSeen: number;
}

const sessions = new Map<string, Session>();

export async function sessionFor(id: string | undefined): Promise<StreamableHTTPServerTransport> {
  const known = id && sessions.get(id);
  if (known) {
    known.lastSeen = Date.now();
    return known.transport;
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (newId) => void sessions.set(newId, { transport, lastSeen: Date.now() }),
  });
  await createHarnessServer().connect(transport);
  return transport;
}

export async function destroySession(id: string): Promise<void> {
  const session = sessions.get(id);
  sessions.delete(id);
  await session?.transport.close();
}

export const sessionIds = () => [...sessions.keys()];
