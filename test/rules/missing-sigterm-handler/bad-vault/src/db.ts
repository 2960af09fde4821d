import vaultClient from 'node-vault';
import { Pool } from 'pg';

const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });
await vault.approleLogin({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID });
const { data } = await vault.read('database/creds/reports');

export const pool = new Pool({ user: data.username, password: data.password });

/** What callers have logged in with. */
const accessTokens = new Map<string, string>();

export function logIn(user: string, token: string): void {
  accessTokens.set(user, token);
}
