import { createWriteStream } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

export async function run(args: string[]) {
  const journal = createWriteStream(args[0] ?? 'notes.jsonl', { flags: 'a' });
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('note', {}, async (extra) => {
    journal.write(`${JSON.stringify(extra)}\n`);
    return { content: [] };
  });
  await server.connect(new StdioServerTransport());
}
