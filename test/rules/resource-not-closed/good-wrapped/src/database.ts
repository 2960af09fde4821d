import { createPool, type Pool } from 'mysql2/promise';

export class Database {
  private static only: Database | undefined;
  #pool: Pool | null = null;

  static instance(): Database {
    Database.only ??= new Database();
    return Database.only;
  }

  private get pool(): Pool {
    this.#pool ??= createPool({ uri: process.env.DATABASE_URL });
    return this.#pool;
  }

  async report(): Promise<string> {
    const [rows] = await this.pool.query('select 1');
    return JSON.stringify(rows);
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    await pool?.end();
  }
}
