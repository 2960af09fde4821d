import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** A server with one tool, made anew for each request. */
export function createServer(): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('add_note', { inputSchema: { text: z.string() } }, async ({ text }, { signal }) => {
    await fetch('https://notes.example/notes', { method: 'POST', body: text, signal });
    return { content: [{ type: 'text', text: 'Added.' }] };
  });
  return server;
}
