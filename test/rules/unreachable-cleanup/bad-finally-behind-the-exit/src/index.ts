import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { flushTelemetry, track } from './telemetry.js';

const app = express();
app.post('/mcp', express.json(), async (req, res) => {
  track('request');
  const server = new McpServer({ name: 'azure-like', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
const http = app.listen(3000);

async function shutDown(signal: string): Promise<void> {
  try {
    console.log(`${signal}: closing`);
    await new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error('too slow')), 8_000);
      http.close(() => resolve());
    });
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  } finally {
    await flushTelemetry();
  }
}
process.once('SIGTERM', shutDown);
process.once('SIGINT', shutDown);
