import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { bufferLogs: true });
  await app.listen(process.env.PORT ?? 3000);
  new Logger('Bootstrap').log(`inventory listens on ${await app.getUrl()}`);
}
void bootstrap();
