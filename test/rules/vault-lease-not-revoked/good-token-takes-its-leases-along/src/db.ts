import vaultClient from 'node-vault';
import { Pool } from 'pg';

const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });
await vault.approleLogin({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID });
const lease = await vault.read('database/creds/reports');
const pool = new Pool({ user: lease.data.username, password: lease.data.password });
let last = '';
pool.on('connect', (client) => client.on('notice', ({ message }) => (last = message ?? last)));

export const report = () => last;

export async function close(): Promise<void> {
  await pool.end();
  await vault.tokenRevokeSelf();
}
