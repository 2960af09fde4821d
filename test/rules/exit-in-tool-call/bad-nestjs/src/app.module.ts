import { Module } from '@nestjs/common';
import { McpModule } from '@rekog/mcp-nest';
import { GreetingTool } from './greeting.tool.js';

@Module({ imports: [McpModule.forRoot({ name: 'nest', version: '1.0.0' })], providers: [GreetingTool] })
export class AppModule {}
