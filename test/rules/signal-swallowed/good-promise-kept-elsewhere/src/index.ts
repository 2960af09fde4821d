import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createServer } from './tools.js';

const app = express();
app.use(express.json());

app.post('/mcp', async (request, response) => {
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

const listener = app.listen(3000);

class Lifetime {
  private end: () => void = () => {};
  readonly over: Promise<void>;

  constructor() {
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  stop(): void {
    this.end();
  }
}

const lifetime = new Lifetime();
process.on('SIGTERM', () => lifetime.stop());
await lifetime.over;
listener.close(() => process.exit(0));
