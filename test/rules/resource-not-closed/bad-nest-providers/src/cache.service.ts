import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';

@Injectable()
export class CacheService implements OnModuleInit, OnApplicationShutdown {
  private client?: Redis;

  async onModuleInit(): Promise<void> {
    this.client = new Redis();
    await this.client.ping();
  }

  onApplicationShutdown(signal?: string): void {
    console.log(`stopped by ${signal}`);
  }
}
