import { Module } from '@nestjs/common';
import { McpModule, McpTransportType } from '@rekog/mcp-nest';
import { KeysTool } from './keys.tool';

@Module({
  imports: [McpModule.forRoot({ name: 'nest-stdio', version: '1.0.0', transport: [McpTransportType.STDIO] })],
  providers: [KeysTool],
})
export class AppModule {}
