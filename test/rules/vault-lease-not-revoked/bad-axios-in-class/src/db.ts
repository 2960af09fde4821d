import axios from 'axios';

/** Keeps what it needs for Vault in its fields, and nothing of the lease. */
class Secrets {
  constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  async database(role: string): Promise<{ username: string; password: string }> {
    const { data: secret } = await axios.get(`${this.address}/v1/database/creds/${role}`, {
      headers: { 'X-Vault-Token': this.token },
    });
    return secret.data;
  }
}

const secrets = new Secrets(process.env.VAULT_ADDR ?? '', process.env.VAULT_TOKEN ?? '');
const taken = await secrets.database('reports');

export const report = () => taken.username;

export async function close(): Promise<void> {
  console.error('closed');
}
