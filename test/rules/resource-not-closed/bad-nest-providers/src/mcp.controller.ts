import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DatabaseService } from './database.service';

@Controller('mcp')
export class McpController {
  constructor(private readonly database: DatabaseService) {}

  @Post()
  async handle(@Req() request: Request, @Res() response: Response): Promise<void> {
    const server = new McpServer({ name: 'people', version: '1.0.0' });
    server.registerTool('count_people', {}, async () => {
      const { rows } = await this.database.count();
      return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  }
}
