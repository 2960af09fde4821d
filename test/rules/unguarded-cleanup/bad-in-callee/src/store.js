import pg from 'pg';

export class Store {
  pool = new pg.Pool();

  // Its other callers want to know when it fails.
  async close() {
    await this.pool.end();
  }
}
