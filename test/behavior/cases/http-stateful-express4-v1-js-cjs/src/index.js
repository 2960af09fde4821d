'use strict';

const { randomUUID } = require('node:crypto');
const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
const { isInitializeRequest } = require('@modelcontextprotocol/sdk/types.js');
const express = require('express');
const Redis = require('ioredis');
const { z } = require('zod');

const text = (value) => ({ content: [{ type: 'text', text: value }] });

function createMcpServer(redis) {
  const server = new McpServer({ name: 'parcels', version: '1.0.0' });

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'));

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: { ms: z.number() } },
    async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      await redis.get('parcels');
      console.error('slow: finished');
      return text('slow done');
    },
  );

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: { ms: z.number() } },
    async ({ ms }, extra) => {
      console.error('patient: started');
      try {
        await sleep(ms, undefined, { signal: extra.signal });
      } catch {
        console.error('patient: cancelled');
        throw new Error('cancelled');
      }
      return text('patient done');
    },
  );

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: { bytes: z.number() } },
    async ({ bytes }) => text('x'.repeat(bytes)),
  );

  return server;
}

function main() {
  const redis = new Redis(process.env.REDIS_URL || 'redis://localhost:6379');
  const transports = {};
  const app = express();

  app.get('/healthz', (req, res) => res.json({ ok: true }));
  app.get('/health', (req, res) => res.json({ ok: true }));

  app.post('/mcp', express.json({ limit: '4mb' }), async (req, res) => {
    const sessionId = req.headers['mcp-session-id'];
    let transport = sessionId && transports[sessionId];
    if (!transport) {
      if (!isInitializeRequest(req.body)) {
        res.status(400).json({ error: 'No session' });
        return;
      }
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (id) => {
          transports[id] = transport;
        },
      });
      transport.onclose = () => delete transports[transport.sessionId];
      await createMcpServer(redis).connect(transport);
    }
    await transport.handleRequest(req, res, req.body);
  });

  const handleSession = async (req, res) => {
    const transport = transports[req.headers['mcp-session-id']];
    if (!transport) return res.status(404).end();
    await transport.handleRequest(req, res);
  };
  app.get('/mcp', handleSession);
  app.delete('/mcp', handleSession);

  const httpServer = http.createServer(app);
  httpServer.listen(process.env.PORT || 3000);
}

main();
