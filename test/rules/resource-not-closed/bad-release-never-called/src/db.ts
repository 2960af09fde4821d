import { Pool } from 'pg';

let pool: Pool | undefined;

function getPool(): Pool {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL });
  return pool;
}

export async function report(): Promise<string> {
  const { rows } = await getPool().query('select count(*) from orders');
  return rows[0].count;
}

export async function closePool(): Promise<void> {
  await pool?.end();
  pool = undefined;
}
