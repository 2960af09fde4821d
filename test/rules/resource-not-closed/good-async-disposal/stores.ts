import { Redis } from 'ioredis';
import pg from 'pg';

export class Stores implements AsyncDisposable {
  readonly pool = new pg.Pool();
  readonly redis = new Redis();

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.pool.end(), this.redis.quit()]);
  }
}
