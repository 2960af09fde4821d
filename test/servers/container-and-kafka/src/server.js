import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { z } from 'zod';
import { container } from './container.js';

const logger = container.resolve('logger');
const producer = container.resolve('producer');
await producer.connect();

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'events', version: '1.0.0' });
  server.tool('publish', { topic: z.string(), value: z.string() }, async ({ topic, value }) => {
    await producer.send({ topic, messages: [{ value }] });
    return { content: [{ type: 'text', text: 'published' }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

const listener = app.listen(3000, () => logger.info('ready'));

process.on('SIGTERM', () => {
  logger.info('SIGTERM');
  listener.close(async () => {
    await container.dispose();
    process.exit(0);
  });
});
