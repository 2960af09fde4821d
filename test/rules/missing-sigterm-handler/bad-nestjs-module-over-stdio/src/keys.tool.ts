import { Injectable } from '@nestjs/common';
import { Tool } from '@rekog/mcp-nest';
import Redis from 'ioredis';

@Injectable()
export class KeysTool {
  private readonly redis = new Redis();

  @Tool({ name: 'count', description: 'Counts the keys' })
  async count() {
    return String(await this.redis.dbsize());
  }
}
