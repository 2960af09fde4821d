import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

const app = express();
app.use(express.json());

app.post('/mcp', async (req, res) => {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  server.registerTool('open', {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return { content: [{ type: 'text', text: 'opened' }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => void transport.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

app
  .listen(Number(process.env.PORT ?? 3000), () => console.error('listening'))
  .on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
