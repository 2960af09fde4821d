import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Controller, Post, Req, Res } from '@nestjs/common';

@Controller('mcp')
export class McpController {
  @Post()
  async handle(@Req() req: any, @Res() res: any) {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await new McpServer({ name: 'crm', version: '1.0.0' }).connect(transport);
    await transport.handleRequest(req, res, req.body);
  }
}
