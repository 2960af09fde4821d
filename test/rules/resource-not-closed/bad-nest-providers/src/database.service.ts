import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';

@Injectable()
export class DatabaseService {
  private readonly pool = new Pool();

  count() {
    return this.pool.query('select count(*) from people');
  }
}
