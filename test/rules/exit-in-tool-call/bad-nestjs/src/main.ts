import { NestFactory } from '@nestjs/core';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { AppModule } from './app.module.js';

export const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(3000);
