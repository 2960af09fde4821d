import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

export async function findInvoice(id: number): Promise<unknown> {
  const { rows } = await pool.query('select * from invoices where id = $1', [id]);
  return rows[0];
}
