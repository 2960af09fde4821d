import { Redis } from 'ioredis';

export class Cache {
  constructor(private readonly client: Redis) {}

  get(key: string) {
    return this.client.get(key);
  }

  async dispose(): Promise<void> {
    await this.client.quit();
  }
}

export const createCache = () => new Cache(new Redis(process.env.REDIS_URL ?? ''));
