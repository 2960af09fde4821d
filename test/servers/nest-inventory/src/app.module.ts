import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { McpModule } from '@rekog/mcp-nest';
import { HealthController } from './health.controller';
import { Item } from './item.entity';
import { StockTool } from './stock.tool';

@Module({
  imports: [
    McpModule.forRoot({ name: 'inventory', version: '0.1.0' }),
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL, entities: [Item] }),
    TypeOrmModule.forFeature([Item]),
  ],
  controllers: [HealthController],
  providers: [StockTool],
})
export class AppModule {}
