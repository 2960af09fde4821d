import { Module } from '@nestjs/common';
import { HealthController, McpController } from './mcp.controller.js';
import { McpService } from './mcp.service.js';

@Module({ controllers: [HealthController, McpController], providers: [McpService] })
export class AppModule {}
