import { createPool, type Pool } from 'mysql2/promise';
import vault from 'node-vault';

const client = vault({ endpoint: process.env.VAULT_ADDR, token: process.env.VAULT_TOKEN });
let pool: Pool | undefined;

/** The pool, with credentials that Vault makes for this process. */
export async function connections(): Promise<Pool> {
  if (!pool) {
    const secret = await client.read('database/creds/dbtool');
    pool = createPool({ host: process.env.DB_HOST, user: secret.data.username, password: secret.data.password });
  }
  return pool;
}

export async function closeConnections(): Promise<void> {
  await pool?.end();
  pool = undefined;
}
