import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { LifecycleManager } from './lifecycle/manager.js';

const server = new McpServer({ name: 'reference', version: '1.0.0' });
server.registerTool('lookup', {}, async () => ({ content: [{ type: 'text', text: 'found' }] }));
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
await server.connect(transport);

const app = express();
app.post('/mcp', express.json(), (req, res) => transport.handleRequest(req, res, req.body));
const http = app.listen(8080);

const lifecycle = new LifecycleManager().onStop(() => transport.close()).onStop(async () => void http.close());
lifecycle.listen();
