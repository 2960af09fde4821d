import pg from 'pg';

let pool: pg.Pool | undefined;

export function database(): pg.Pool {
  pool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL });
  return pool;
}

export async function closeDatabase(): Promise<void> {
  await pool?.end();
}
