import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { trace } from '@opentelemetry/api';

const server = new McpServer({ name: 'notes', version: '1.0.0' });

async function stop(code: number): Promise<void> {
  const span = trace.getTracer('notes').startSpan('shutdown');
  await server.close();
  // Nothing keeps it.
  process.exit(code); // done
  console.error('stopped');
  // for whoever reads traces
  span.end();
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
await server.connect(new StdioServerTransport());
