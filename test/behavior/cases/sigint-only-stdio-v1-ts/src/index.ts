#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const history: string[] = [];

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

    // Ctrl+C in the terminal
    process.on('SIGINT', async () => {
      try {
        // What was asked is kept for the next time.
        await this.writeHistory();
        await this.server.close();
        await pool.end();
        console.log('closed');
        process.exit(0);
      } catch (error) {
        console.error('could not close', error);
        process.exit(1);
      }
    });
  }

  private async writeHistory(): Promise<void> {
    await pool.query('insert into history values ($1)', [history.join()]);
    console.error('history: written');
  }

  private setUpHandlers(): void {
    this.server.setRequestHandler(ListToolsRequestSchema, async () => ({
      tools: ['quick', 'slow', 'patient', 'big'].map(tool),
    }));

    this.server.setRequestHandler(CallToolRequestSchema, async (request, extra) => {
      const { name, arguments: args = {} } = request.params;
      history.push(name);
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
