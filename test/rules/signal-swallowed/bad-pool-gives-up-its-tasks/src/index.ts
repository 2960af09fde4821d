import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { render } from './pool.js';
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

app.get('/about', async (_request, response) => void response.send(await render('# Notes')));

app.listen(3000);
