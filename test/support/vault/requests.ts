import { closing } from './servers.ts';

/** Plain requests, with the token that was put into the environment. */
export const tokenOfTheEnvironment = `import { Pool } from 'pg';

const address = process.env.VAULT_ADDR;

async function credentials() {
  const response = await fetch(\`\${address}/v1/database/creds/reports\`, {
    headers: { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '', 'X-Vault-Namespace': 'team' },
  });
  return (await response.json()).data;
}

const data = await credentials();
${closing}`;

/** Plain requests, with a login whose token nothing keeps. */
export const ownLogin = `import { Pool } from 'pg';

async function credentials() {
  const login = await fetch(\`\${process.env.VAULT_ADDR}/v1/auth/approle/login\`, {
    method: 'POST',
    body: JSON.stringify({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID }),
  });
  const { auth } = await login.json();
  const { data } = await fetch(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, {
    headers: { 'X-Vault-Token': auth.client_token },
  }).then((response) => response.json());
  return data;
}

const data = await credentials();
${closing}`;

/** Plain requests of a class, with all that they need in its fields. */
export const fetchInClass = `import { Pool } from 'pg';

class Secrets {
  constructor(
    private address: string,
    private token: string,
  ) {}

  async credentials(role: string) {
    const response = await fetch(\`\${this.address}/v1/database/creds/\${role}\`, {
      headers: { 'X-Vault-Token': this.token },
    });
    if (!response.ok) throw new Error(\`Vault: \${response.status}\`);
    return (await response.json()).data;
  }
}

const data = await new Secrets(process.env.VAULT_ADDR ?? '', process.env.VAULT_TOKEN ?? '').credentials('reports');
${closing}`;

/** The address in a constant, the token read by the function that takes. */
export const fetchInFunction = `import { Pool } from 'pg';

async function credentials() {
  const url = process.env.VAULT_ADDR + '/v1/database/creds/reports';
  const token = process.env.VAULT_TOKEN ?? '';
  const response = await fetch(url, { headers: { 'X-Vault-Token': token } });
  const body = await response.json();
  return body.data;
}

const data = await credentials();
${closing}`;

export const axiosGet = `import axios from 'axios';
import { Pool } from 'pg';

const VAULT_ADDR = process.env.VAULT_ADDR ?? 'http://127.0.0.1:8200';

async function credentials() {
  const response = await axios.get(\`\${VAULT_ADDR}/v1/database/creds/reports\`, {
    headers: { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '' },
    timeout: 5_000,
  });
  return response.data.data;
}

const data = await credentials();
${closing}`;

export const axiosLogin = `import axios from 'axios';
import { Pool } from 'pg';

const { data: login } = await axios.post(\`\${process.env.VAULT_ADDR}/v1/auth/kubernetes/login\`, { role: 'app', jwt: 'j' });
const { data: secret } = await axios({
  method: 'get',
  url: \`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`,
  headers: { 'X-Vault-Token': login.auth.client_token },
});
const { data } = secret;
${closing}`;

export const axiosInstance = `import axios, { type AxiosInstance } from 'axios';
import { Pool } from 'pg';

class Secrets {
  private http: AxiosInstance;

  constructor(address: string, token: string) {
    this.http = axios.create({ baseURL: \`\${address}/v1\`, headers: { 'X-Vault-Token': token } });
  }

  async credentials() {
    const { data } = await this.http.get('/database/creds/reports');
    return data.data;
  }
}

const data = await new Secrets(process.env.VAULT_ADDR ?? '', process.env.VAULT_TOKEN ?? '').credentials();
${closing}`;

export const axiosInstanceOfModule = `import axios from 'axios';
import { Pool } from 'pg';

const vault = axios.create({ baseURL: process.env.VAULT_ADDR });
const login = await vault.post('/v1/auth/approle/login', { role_id: 'role', secret_id: 'secret' });
vault.defaults.headers.common['X-Vault-Token'] = login.data.auth.client_token;
const secret = await vault.get('/v1/database/creds/reports');
const data = secret.data.data;
${closing}`;

export const undiciRequest = `import { Pool } from 'pg';
import { request } from 'undici';

async function credentials() {
  const { body } = await request(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, {
    headers: { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '' },
  });
  const secret = (await body.json()) as { data: { username: string; password: string } };
  return secret.data;
}

const data = await credentials();
${closing}`;

export const undiciFetch = `import { Pool } from 'pg';
import { Agent, fetch } from 'undici';

const dispatcher = new Agent({ connect: { timeout: 5_000 } });
const headers = { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '' };
const response = await fetch(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, { headers, dispatcher });
const { data } = await response.json();
${closing}`;
