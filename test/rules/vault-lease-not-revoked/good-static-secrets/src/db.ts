import vaultClient from 'node-vault';

const vault = vaultClient({ endpoint: process.env.VAULT_ADDR, token: process.env.VAULT_TOKEN });
const secret = await vault.read('secret/data/reports');
const fixed = await vault.read('database/static-creds/reports');
const api = await fetch('https://api.example.com/v1/creds/7', { headers: { Authorization: 'x' } });

export const report = () => [secret.data.data.name, fixed.data.username, api.status].join();

export async function close(): Promise<void> {
  console.error('closed');
}
