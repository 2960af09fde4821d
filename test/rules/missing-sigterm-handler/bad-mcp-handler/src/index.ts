import express from 'express';
import { createMcpHandler } from 'mcp-handler';
import { toWebRequest, sendWebResponse } from './web.js';

const handler = createMcpHandler((server) => {
  server.tool('ping', {}, async () => ({ content: [{ type: 'text', text: 'pong' }] }));
});

const app = express();
app.all('/api/mcp', async (req, res) => sendWebResponse(await handler(toWebRequest(req)), res));
app.listen(3000);
