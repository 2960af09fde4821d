import { express, McpServer, mcpRouter } from '@notes/mcp-express';

const app = express();
app.use(express.json());
app.use(
  mcpRouter(() => {
    const server = new McpServer({ name: 'notes', version: '1.0.0' });
    server.registerTool('list_notes', {}, async () => ({ content: [{ type: 'text', text: 'none' }] }));
    return server;
  }),
);

app.listen(3000);
