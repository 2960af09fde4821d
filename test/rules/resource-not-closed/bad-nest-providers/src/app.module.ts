import { Module } from '@nestjs/common';
import { CacheService } from './cache.service';
import { DatabaseService } from './database.service';
import { McpController } from './mcp.controller';
import { SearchService } from './search.service';

@Module({
  controllers: [McpController],
  providers: [CacheService, DatabaseService, SearchService],
})
export class AppModule {}
