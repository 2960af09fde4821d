import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Tool } from '@rekog/mcp-nest';
import { Repository } from 'typeorm';
import { z } from 'zod';
import { Item } from './item.entity';

@Injectable()
export class StockTool {
  constructor(@InjectRepository(Item) private readonly items: Repository<Item>) {}

  @Tool({ name: 'take_from_stock', description: 'Takes items', parameters: z.object({ sku: z.string(), amount: z.number() }) })
  async take({ sku, amount }: { sku: string; amount: number }) {
    await this.items.decrement({ sku }, 'amount', amount);
    return { content: [{ type: 'text', text: `${amount} taken` }] };
  }
}
