import vaultClient from 'node-vault';
import { Pool } from 'pg';

const vault = vaultClient({ endpoint: process.env.VAULT_ADDR, token: process.env.VAULT_TOKEN });
const { data } = await vault.read('database/creds/reports');

export const pool = new Pool({ user: data.username, password: data.password });
