import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';

//# database
@Injectable()
class Database implements OnModuleInit, OnApplicationShutdown {
  private pool?: Pool;

  async onModuleInit(): Promise<void> {
    this.pool = new Pool();
  }

  query(sql: string): Promise<unknown> | undefined {
    return this.pool?.query(sql);
  }

  onApplicationShutdown(signal?: string): void {
    console.error(`stopped by ${signal}`);
  }
}

