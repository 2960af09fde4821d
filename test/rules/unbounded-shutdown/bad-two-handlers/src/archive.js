import pg from 'pg';

export class Archive {
  pool = new pg.Pool();
  running = new Set();

  async close() {
    await Promise.race([
      Promise.allSettled([...this.running]),
      new Promise((resolve) => setTimeout(resolve, 5_000)),
    ]);
    await this.pool.end();
  }
}
