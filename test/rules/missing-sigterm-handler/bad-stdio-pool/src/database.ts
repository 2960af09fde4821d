import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });

export async function query(sql: string): Promise<unknown[]> {
  const { rows } = await pool.query(sql);
  return rows;
}
