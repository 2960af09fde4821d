import { serve } from '@hono/node-server';
import { StreamableHTTPTransport } from '@hono/mcp';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';
import { writeConfig } from './kubeconfig.mjs';
import { startTelemetry } from './telemetry.mjs';

startTelemetry();
const config = process.env.KUBECONFIG_YAML ? writeConfig(process.env.KUBECONFIG_YAML) : undefined;

const mcp = new McpServer({ name: 'kube', version: '1.0.0' });
mcp.registerTool('config', {}, async () => ({ content: [{ type: 'text', text: config ?? 'none' }] }));

const transport = new StreamableHTTPTransport();
const app = new Hono();
app.all('/mcp', async (c) => {
  if (!mcp.isConnected()) await mcp.connect(transport);
  return transport.handleRequest(c);
});
serve({ fetch: app.fetch, port: 3000 });
