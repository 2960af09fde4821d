import { Module } from '@nestjs/common';
import { McpModule } from '@nestjs-mcp/server';
import { DatabaseService } from './database.service';
import { PeopleResolver } from './people.resolver';

@Module({
  imports: [McpModule.forRoot({ name: 'people', version: '1.0.0' })],
  providers: [DatabaseService, PeopleResolver],
})
export class AppModule {}
