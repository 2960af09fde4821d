import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

@Injectable()
export class McpService {
  createServer(): McpServer {
    const server = new McpServer({ name: 'crm', version: '1.0.0' });

    server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => text(String(a + b)));

    return server;
  }
}
