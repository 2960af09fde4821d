import { closing } from './servers.ts';

export const nodeVault = `import vaultClient from 'node-vault';
import { Pool } from 'pg';

const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });
await vault.approleLogin({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID });
const { data } = await vault.read('database/creds/reports');
${closing}`;

export const hashiVault = `import Vault from 'hashi-vault-js';
import { Pool } from 'pg';

const vault = new Vault({ https: false, baseUrl: \`\${process.env.VAULT_ADDR}/v1\` });
const { client_token: token } = (await vault.loginWithAppRole('role', 'secret')) as { client_token: string };
const data = { username: token, password: token };
${closing}`;

export const nodeVaultInClass = `import NodeVault from 'node-vault';
import { Pool } from 'pg';

export class Secrets {
  private client: NodeVault.client;

  constructor() {
    this.client = NodeVault({ endpoint: process.env.VAULT_ADDR });
  }

  async logIn() {
    await this.client.kubernetesLogin({ role: 'app', jwt: 'j' });
  }

  async credentials() {
    const { data } = await this.client.read('database/creds/reports');
    return data;
  }
}

const secrets = new Secrets();
await secrets.logIn();
const data = await secrets.credentials();
${closing}`;

export const nodeVaultInFunction = `import { Pool } from 'pg';
import vaultClient from 'node-vault';

async function credentials() {
  const client = vaultClient({ endpoint: process.env.VAULT_ADDR, token: process.env.VAULT_TOKEN });
  const secret = await client.generateDatabaseCredentials({ databasePath: 'database', name: 'reports' });
  return secret.data;
}

const data = await credentials();
${closing}`;

/** It has no method for dynamic secrets: those are taken by plain requests. */
export const hashiVaultAndAxios = `import axios from 'axios';
import Vault from 'hashi-vault-js';
import { Pool } from 'pg';

const vault = new Vault({ https: false, baseUrl: \`\${process.env.VAULT_ADDR}/v1\` });
const { client_token: token } = (await vault.loginWithAppRole('role', 'secret')) as { client_token: string };
const response = await axios.get(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, {
  headers: { 'X-Vault-Token': token },
});
const { data } = response.data;
${closing}`;
