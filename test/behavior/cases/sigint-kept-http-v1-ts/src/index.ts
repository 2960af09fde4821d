import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { Router } from 'express';
import { createServer } from './server.js';

/** Stands for a tracer's span. */
function startSpan(name: string) {
  console.error(`span: ${name}`);
  return { end: () => console.error('span ended') };
}

const counts = { requests: 0 };

async function saveCounts(): Promise<void> {
  if (counts.requests < 0) throw new Error('cannot be');
}

const app = express();
const router = Router();
app.use(express.json());

router.get('/health', (_req, res) => {
  res.json({ requests: counts.requests });
});

router.all('/mcp', async (req, res) => {
  counts.requests += 1;
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

app.use('/', router);

const port = Number(process.env.PORT ?? 3000);
try {
  app.listen(port, () => {
    console.error(`listening on port ${port}`);
  });
} catch (error) {
  console.error('cannot listen:', error);
  throw error;
}

process.on('SIGINT', async () => {
  const span = startSpan('shutdown');
  const started = Date.now();

  try {
    await saveCounts();
    console.error(`closed after ${Date.now() - started} ms`);
    process.exit(0);
  } catch (error) {
    console.error('not closed:', error);
    process.exit(1);
  } finally {
    span.end();
  }
});
