import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { Archive } from './archive.js';

const archive = new Archive();

function createServer() {
  const server = new McpServer({ name: 'archive', version: '1.0.0' });
  server.registerTool('list', {}, async () => {
    const reading = archive.pool.query('select title from entries');
    archive.running.add(reading);
    const { rows } = await reading.finally(() => archive.running.delete(reading));
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });
  return server;
}

async function serveStdio() {
  await createServer().connect(new StdioServerTransport());
  const stop = async () => {
    await archive.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function serveHttp() {
  const app = express();
  app.use(express.json());
  app.post('/mcp', async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await createServer().connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  app.listen(3000);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await archive.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

if (process.argv.includes('--http')) serveHttp();
else await serveStdio();
