import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';

class NotesServer {
  private readonly server = new McpServer({ name: 'notes', version: '1.0.0' });
  private readonly app = express();

  constructor() {
    this.setUpRoutes();
    process.on('SIGINT', async () => {
      console.log('interrupted');
      await this.server.close();
      process.exit(0);
    });
    process.on('SIGTERM', async () => {
      await this.server.close();
      process.exit(0);
    });
  }

  private setUpRoutes(): void {
    this.app.use(express.json());
    this.app.post('/mcp', async (req, res) => {
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      await this.server.connect(transport);
      await transport.handleRequest(req, res, req.body);
    });
  }

  run(): void {
    this.app.listen(3000);
  }
}

new NotesServer().run();
