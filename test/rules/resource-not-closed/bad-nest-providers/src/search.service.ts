import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Client } from 'pg';

/** Gives its connection back as it should. */
@Injectable()
export class SearchService implements OnModuleDestroy {
  private readonly client = new Client();

  async onModuleDestroy(): Promise<void> {
    await this.client.end();
  }
}
