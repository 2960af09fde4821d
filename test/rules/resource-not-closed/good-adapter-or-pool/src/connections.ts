import knex from 'knex';
import { Warehouse } from './warehouse.js';

export class Connections {
  private readonly pools = new Map<string, any>();

  open(name: string, kind: string) {
    let pool: any;
    if (kind === 'warehouse') pool = new Warehouse();
    else pool = knex({ client: kind, connection: process.env.DATABASE_URL });
    this.pools.set(name, pool);
  }

  of(name: string) {
    return this.pools.get(name);
  }

  async closeAll() {
    await Promise.all([...this.pools.keys()].map((name) => this.close(name)));
  }

  private async close(name: string) {
    const pool = this.pools.get(name);
    if (!pool) return;
    await pool.destroy();
    this.pools.delete(name);
  }
}
