import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { MongoClient } from 'mongodb';

class Documents {
  #client = new MongoClient(process.env.MONGO_URL);

  get notes() {
    return this.#client.db().collection('notes');
  }

  [Symbol.asyncDispose]() {
    return this.#client.close();
  }
}

const documents = new Documents();
const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  const server = new McpServer({ name: 'disposed', version: '1.0.0' });
  server.registerTool('count', {}, async () => ({
    content: [{ type: 'text', text: String(await documents.notes.countDocuments()) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const listener = app.listen(3000);

const stop = async () => {
  setTimeout(() => process.exit(1), 8000).unref();
  await new Promise((resolve) => listener.close(resolve));
  await documents[Symbol.asyncDispose]();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
