import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Controller, Inject, Injectable, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Request, Response } from 'express';
import { Pool } from 'pg';
import { z } from 'zod';

//# database
@Controller('mcp')
class McpController {
  private readonly open = new Set<StreamableHTTPServerTransport>();

  constructor(@Inject(Database) private readonly database: Database) {}

  //# hooks
  @Post()
  async handle(@Req() request: Request, @Res() response: Response): Promise<void> {
    const server = new McpServer({ name: 'people', version: '1.0.0' });
    server.registerTool('slow', { inputSchema: { ms: z.number() } }, async ({ ms }) => {
      console.error('slow: started');
      await sleep(ms);
      await this.database.query('select 1');
      console.error('slow: finished');
      return { content: [{ type: 'text', text: 'slow done' }] };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    this.open.add(transport);
    response.on('close', () => this.open.delete(transport));
    await transport.handleRequest(request, response, request.body);
  }
}

@Module({ controllers: [McpController], providers: [Database] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'] });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT ?? 3000));
