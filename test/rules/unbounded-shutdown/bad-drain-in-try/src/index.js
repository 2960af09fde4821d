import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool();
const running = new Set();

function createServer() {
  const server = new McpServer({ name: 'letters', version: '1.0.0' });
  server.registerTool('list', {}, async () => {
    const reading = pool.query('select subject from letters');
    running.add(reading);
    const { rows } = await reading.finally(() => running.delete(reading));
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });
  return server;
}

const app = express();
app.use(express.json());
app.post('/mcp', async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await createServer().connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(3000);

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function stop() {
  let code = 0;
  try {
    // Reports take up to half a minute.
    const end = Date.now() + 30_000;
    while (running.size > 0 && Date.now() < end) await sleep(50);
    await pool.end();
  } catch (error) {
    console.error(error);
    code = 1;
  }
  process.exit(code);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
