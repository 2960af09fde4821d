import { Module } from '@nestjs/common';
import { McpModule, McpTransportType } from '@rekog/mcp-nest';
import { PagesTool } from './pages.tool';

@Module({
  imports: [McpModule.forRoot({ name: 'nest-tools', version: '1.0.0', transport: McpTransportType.STREAMABLE_HTTP })],
  providers: [PagesTool],
})
export class AppModule {}
