import pg from 'pg';

export class Queries {
  private readonly pool = new pg.Pool();

  async read(sql: string) {
    const client = await this.pool.connect();
    try {
      const { rows } = await client.query(sql);
      return rows;
    } finally {
      client.release();
    }
  }

  close() {
    return this.pool.end();
  }
}
