import { randomUUID } from 'node:crypto';
import { Controller, Delete, Get, Inject, OnModuleDestroy, Post, Req, Res } from '@nestjs/common';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Request, Response } from 'express';
import { McpService } from './mcp.service.js';

@Controller('health')
export class HealthController {
  @Get()
  health() {
    return { status: 'ok' };
  }
}

@Controller('mcp')
export class McpController implements OnModuleDestroy {
  private readonly transports = new Map<string, StreamableHTTPServerTransport>();

  constructor(@Inject(McpService) private readonly mcp: McpService) {}

  async onModuleDestroy(): Promise<void> {
    for (const transport of this.transports.values()) await transport.close();
  }

  @Post()
  async handle(@Req() req: Request, @Res() res: Response): Promise<void> {
    const id = req.header('mcp-session-id');
    let transport = id ? this.transports.get(id) : undefined;
    if (!transport) {
      const made = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (sid) => {
          this.transports.set(sid, made);
        },
      });
      made.onclose = () => {
        if (made.sessionId) this.transports.delete(made.sessionId);
      };
      await this.mcp.createServer().connect(made);
      transport = made;
    }
    await transport.handleRequest(req, res, req.body);
  }

  @Get()
  async stream(@Req() req: Request, @Res() res: Response): Promise<void> {
    const transport = this.transports.get(req.header('mcp-session-id') ?? '');
    if (transport) await transport.handleRequest(req, res);
    else res.status(404).send('No such session');
  }

  @Delete()
  async end(@Req() req: Request, @Res() res: Response): Promise<void> {
    const transport = this.transports.get(req.header('mcp-session-id') ?? '');
    if (transport) await transport.handleRequest(req, res);
    else res.status(404).send('No such session');
  }
}
