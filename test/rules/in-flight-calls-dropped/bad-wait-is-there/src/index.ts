import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type RequestHandler } from 'express';

/** HTTP answers that are still being sent. */
const answers = new Set<unknown>();

const server = new McpServer({ name: 'notes', version: '1.0.0' });
const app = express();
app.use(express.json());
app.post('/mcp', admit, async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

let isStopping = false;
process.on('SIGINT', async () => {
  if (!(await callsFinished())) return;
  await server.close();
  process.exit(0);
});
process.on('SIGTERM', async () => {
  await server.close();
  process.exit(0);
});

function admit(...[req, res, next]: Parameters<RequestHandler>): void {
  if (isStopping) {
    res.status(503).json({ jsonrpc: '2.0', error: { code: -32000, message: 'Stopping.' }, id: null });
    return;
  }
  answers.add(res);
  res.once('close', () => answers.delete(res));
  next();
}

/** Waits for the calls in flight; false where an earlier signal does so already. */
async function callsFinished(): Promise<boolean> {
  if (isStopping) return false;
  isStopping = true;
  const end = Date.now() + 5_000;
  while (answers.size > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  return true;
}
