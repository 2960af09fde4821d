import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { trace } from '@opentelemetry/api';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

process.on('SIGTERM', async () => {
  const span = trace.getTracer('notes').startSpan('shutdown');
  try {
    await server.close();
  } finally {
    span.end();
  }
  process.exit(0);
});
await server.connect(new StdioServerTransport());
