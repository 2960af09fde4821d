import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { SessionRepository } from './sessions.js';

const repository = new SessionRepository();

const server = createServer(async (req, res) => {
  let transport = repository.find(String(req.headers['mcp-session-id']));
  if (!transport) {
    const made = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: (id) => repository.save(id, made) });
    const mcp = new McpServer({ name: 'ask', version: '1.0.0' });
    mcp.registerTool('ask', {}, async () => ({ content: [{ type: 'text', text: '42' }] }));
    await mcp.connect(made);
    transport = made;
  }
  await transport.handleRequest(req, res);
});
server.listen(3000);

async function shutdown() {
  await Promise.all(repository.map((transport) => transport.close()));
  server.close((error) => {
    if (error) {
      console.error(error);
    } else {
      process.exit(0);
    }
  });
}
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
