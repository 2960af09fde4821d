import { Pool, type QueryResultRow } from 'pg';
import { logger } from './logger.js';

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

pool.on('error', (err) => logger.error('idle client failed', { err }));

export async function query<T extends QueryResultRow>(sql: string, params: unknown[] = []): Promise<T[]> {
  const result = await pool.query<T>(sql, params);
  return result.rows;
}

export async function closeDb(): Promise<void> {
  await pool.end();
}
