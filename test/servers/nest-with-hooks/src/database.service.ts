import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';

@Injectable()
export class DatabaseService implements OnApplicationShutdown {
  private readonly pool = new Pool();

  find(name: string) {
    return this.pool.query('select * from people where name = $1', [name]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
