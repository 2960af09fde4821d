const address = process.env.VAULT_ADDR ?? 'http://127.0.0.1:8200';
const headers = { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '' };

async function lease(role: string): Promise<{ lease_id: string; data: { username: string } }> {
  const response = await fetch(`${address}/v1/database/creds/${role}`, {
    headers: { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '' },
  });
  return response.json();
}

const taken = await lease('reports');

export const report = () => taken.data.username;

export async function close(): Promise<void> {
  await fetch(`${address}/v1/sys/leases/revoke`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ lease_id: taken.lease_id, sync: true }),
    signal: AbortSignal.timeout(2_000),
  }).catch(console.error);
}
