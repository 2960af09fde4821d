import { Pool } from 'pg';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL });

export async function report(): Promise<string> {
  const { rows } = await pool.query('select count(*) from orders');
  return rows[0].count;
}
