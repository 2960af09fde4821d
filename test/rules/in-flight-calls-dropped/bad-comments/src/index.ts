#!/usr/bin/env node
/* eslint-disable no-console -- stdout is not the protocol's here */
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Rows live here. */
const pool = new pg.Pool();
const cache = new Redis();
let stopping = false; // two signals may come

/* ------------------------------------------------------------------ *
 * Tools
 * ------------------------------------------------------------------ */

function makeServer(): McpServer {
  const server = new McpServer({ name: 'shelf', version: '1.0.0' }); // one a request
  server.registerTool('books', { description: 'Lists the books' }, async () => {
    const { rows } = await pool.query('SELECT title FROM books');
    await cache.set('books', rows.length);
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });
  return server;
}

/* ------------------------------------------------------------------ *
 * Routes
 * ------------------------------------------------------------------ */

const app = express();
app.use(express.json());

// The load balancer asks twice a second.
app.get('/health', (_request, response) => void response.send('ok'));

/* istanbul ignore next */
app.post('/mcp', async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await makeServer().connect(transport);
  // @ts-expect-error the types of express 4 know no body
  await transport.handleRequest(request, response, request.body);
});

// biome-ignore lint/suspicious/noConsole: people look for this line
app.listen(3000, () => console.log('listening')); // behind the gateway

/* ------------------------------------------------------------------ *
 * The end
 * ------------------------------------------------------------------ */

/**
 * Gives back what was taken.
 * Compose sends SIGTERM.
 */
async function leave(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('leaving'); // operators grep for it

  // The cache first: it is cheap.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-call
  await cache.quit(); // answers at once
  /* Rows that are being written are lost here. */
  await pool.end(); // nobody asks it any more
  // Zero: this was asked for.
  process.exit(0);
  // Nothing runs below.
}

// eslint-disable-next-line @typescript-eslint/no-misused-promises
process.on('SIGTERM', leave); // docker stop
process.on('SIGINT', leave); // Ctrl+C
