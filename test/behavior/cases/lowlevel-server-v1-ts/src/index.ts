#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';

const tool = (name: string): Tool => ({
  name,
  description: `The ${name} tool`,
  inputSchema: { type: 'object', properties: { ms: { type: 'number' }, bytes: { type: 'number' } } },
});

class ToolServer {
  private readonly server = new Server(
    { name: 'legacy-tools', version: '0.9.0' },
    { capabilities: { tools: {} } },
  );

  constructor() {
    this.setUpHandlers();
    this.server.onerror = (error) => console.error('[MCP error]', error);
  }

  private setUpHandlers(): void {
    this.server.setRequestHandler(ListToolsRequestSchema, async () => ({
      tools: ['quick', 'slow', 'patient', 'big'].map(tool),
    }));

    this.server.setRequestHandler(CallToolRequestSchema, async (request, extra) => {
      const { name, arguments: args = {} } = request.params;
      const answer = (text: string) => ({ content: [{ type: 'text', text }] });
      switch (name) {
        case 'quick':
          return answer('quick done');
        case 'slow':
          console.error('slow: started');
          await sleep(Number(args.ms));
          console.error('slow: finished');
          return answer('slow done');
        case 'patient':
          console.error('patient: started');
          try {
            await sleep(Number(args.ms), undefined, { signal: extra.signal });
          } catch {
            console.error('patient: cancelled');
            return { ...answer('cancelled'), isError: true };
          }
          return answer('patient done');
        case 'big':
          return answer('x'.repeat(Number(args.bytes)));
        default:
          throw new Error(`Unknown tool: ${name}`);
      }
    });
  }

  async run(): Promise<void> {
    const transport = new StdioServerTransport();
    await this.server.connect(transport);
    console.error('Tool server running on stdio');
  }
}

const server = new ToolServer();
server.run().catch(console.error);
