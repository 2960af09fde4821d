import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, type Response } from 'express';

const app = express();
app.use(express.json());

async function answer(req: Request, res: Response) {
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  server.registerTool('open', {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return { content: [{ type: 'text', text: 'opened' }] };
  });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => void transport.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
}

// Behind a gateway that knows its callers.
app.post('/mcp', answer);
app.post('/mcp/internal', answer);
app.post('/partners/mcp', answer);
app.listen(Number(process.env.PORT ?? 3000), () => console.error('listening'));
