import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import closeWithGrace from 'close-with-grace';

interface Job {
  exit(code: number): void;
}

const server = new McpServer({ name: 'jobs', version: '1.0.0' });
const jobs = new Map<string, Job>();

function guarded(work: () => Promise<string>) {
  return work().catch((error) => String(error));
}

// Called at the start with one function and by the tool with another.
await guarded(async () => {
  if (!process.env.JOBS) process.exit(1);
  return 'started';
});

server.registerTool('stop', { inputSchema: { id: z.string() } }, async ({ id }) => {
  jobs.get(id)?.exit(0);
  return { content: [{ type: 'text', text: await guarded(async () => 'stopped') }] };
});

await server.connect(new StdioServerTransport());
closeWithGrace({ delay: 5000 }, () => server.close());
