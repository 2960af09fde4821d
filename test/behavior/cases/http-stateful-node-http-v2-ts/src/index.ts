import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

function createServer(): McpServer {
  const server = new McpServer({ name: 'contacts', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }, ctx) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: ctx.mcpReq.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: z.object({ bytes: z.number() }) },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}

const transports = new Map<string, NodeStreamableHTTPServerTransport>();

async function openSession(): Promise<NodeStreamableHTTPServerTransport> {
  const transport: NodeStreamableHTTPServerTransport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      transports.set(id, transport);
    },
  });
  transport.onclose = () => {
    if (transport.sessionId) transports.delete(transport.sessionId);
  };
  await createServer().connect(transport);
  return transport;
}

http
  .createServer(async (req, res) => {
    switch (req.url) {
      case '/health':
        res.end('ok');
        break;
      case '/mcp': {
        const sessionId = req.headers['mcp-session-id'];
        const known = typeof sessionId === 'string' ? transports.get(sessionId) : undefined;
        const transport = known ?? (await openSession());
        await transport.handleRequest(req, res);
        break;
      }
      default:
        res.writeHead(404).end();
    }
  })
  .listen(Number(process.env.PORT ?? 3000));
