/** A server of two files: what starts and stops it, and what takes from Vault. */
export interface Server {
  readonly files: Readonly<Record<string, string>>;
  /** The file that is started. */
  readonly main: string;
}

const start = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
`;
const stop = `
const server = new McpServer({ name: 'reports', version: '1.0.0' });
let stopping = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), 9_000);
  await server.close();
  await close();
  process.exit(0);
}

process.on('SIGTERM', stop);
`;

/** A server of ES modules; `db` is the text of the file that takes from Vault; in JavaScript without its casts. */
export function esm(extension: 'ts' | 'js', db: string): Server {
  const main = `${start}import { close } from './db.js';
${stop}await server.connect(new StdioServerTransport());
console.log('listening');
`;
  const program = extension === 'ts' ? 'dist/index.js' : 'index.js';
  const own = extension === 'ts' ? db : db.replace(/\(([^()]*\([^()]*\))\) as \{[^}]*\}/g, '$1');
  return { main: program, files: { [`index.${extension}`]: main, [`db.${extension}`]: own } };
}

/** What uses what was taken. */
export const closing = `
const pool = new Pool({ user: data.username, password: data.password });

export async function close() {
  await pool.end();
}
`;

/** Plain requests, with the token that was put into the environment. */
const tokenOfTheEnvironment = `import { Pool } from 'pg';

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
const ownLogin = `import { Pool } from 'pg';

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

/** The same in one CommonJS file. */
const commonJs = `'use strict';
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
const { credentials, close } = require('./db');
${stop}
credentials()
  .then(() => server.connect(new StdioServerTransport()))
  .then(() => console.log('listening'));
`;
const commonJsDb = `const { Pool } = require('pg');

let pool;

async function credentials() {
  const response = await fetch(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, {
    headers: { 'X-Vault-Token': process.env.VAULT_TOKEN },
  });
  const secret = await response.json();
  pool = new Pool({ user: secret.data.username, password: secret.data.password });
}

async function close() {
  await pool.end();
}

module.exports = { credentials, close };
`;

const nodeVault = `import vaultClient from 'node-vault';
import { Pool } from 'pg';

const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });
await vault.approleLogin({ role_id: process.env.ROLE_ID, secret_id: process.env.SECRET_ID });
const { data } = await vault.read('database/creds/reports');
${closing}`;

const hashiVault = `import Vault from 'hashi-vault-js';
import { Pool } from 'pg';

const vault = new Vault({ https: false, baseUrl: \`\${process.env.VAULT_ADDR}/v1\` });
const { client_token: token } = (await vault.loginWithAppRole('role', 'secret')) as { client_token: string };
const data = { username: token, password: token };
${closing}`;

/** Plain requests of a class, with all that they need in its fields. */
const fetchInClass = `import { Pool } from 'pg';

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
const fetchInFunction = `import { Pool } from 'pg';

async function credentials() {
  const url = process.env.VAULT_ADDR + '/v1/database/creds/reports';
  const token = process.env.VAULT_TOKEN ?? '';
  const response = await fetch(url, { headers: { 'X-Vault-Token': token } });
  const body = await response.json();
  return body.data;
}

const data = await credentials();
${closing}`;

const axiosGet = `import axios from 'axios';
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

const axiosLogin = `import axios from 'axios';
import { Pool } from 'pg';

const { data: login } = await axios.post(\`\${process.env.VAULT_ADDR}/v1/auth/kubernetes/login\`, { role: 'app', jwt: 'j' });
const { data: secret } = await axios({
  method: 'get',
  url: \`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`,
  headers: { 'X-Vault-Token': login.auth.client_token },
});
const { data } = secret;
${closing}`;

const axiosInstance = `import axios, { type AxiosInstance } from 'axios';
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

const axiosInstanceOfModule = `import axios from 'axios';
import { Pool } from 'pg';

const vault = axios.create({ baseURL: process.env.VAULT_ADDR });
const login = await vault.post('/v1/auth/approle/login', { role_id: 'role', secret_id: 'secret' });
vault.defaults.headers.common['X-Vault-Token'] = login.data.auth.client_token;
const secret = await vault.get('/v1/database/creds/reports');
const data = secret.data.data;
${closing}`;

const undiciRequest = `import { Pool } from 'pg';
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

const undiciFetch = `import { Pool } from 'pg';
import { Agent, fetch } from 'undici';

const dispatcher = new Agent({ connect: { timeout: 5_000 } });
const headers = { 'X-Vault-Token': process.env.VAULT_TOKEN ?? '' };
const response = await fetch(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, { headers, dispatcher });
const { data } = await response.json();
${closing}`;

const nodeVaultInClass = `import NodeVault from 'node-vault';
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

const nodeVaultInFunction = `import { Pool } from 'pg';
import vaultClient from 'node-vault';

async function credentials() {
  const client = vaultClient({ endpoint: process.env.VAULT_ADDR, token: process.env.VAULT_TOKEN });
  const secret = await client.generateDatabaseCredentials({ databasePath: 'database', name: 'reports' });
  return secret.data;
}

const data = await credentials();
${closing}`;

/** It has no method for dynamic secrets: those are taken by plain requests. */
const hashiVaultAndAxios = `import axios from 'axios';
import Vault from 'hashi-vault-js';
import { Pool } from 'pg';

const vault = new Vault({ https: false, baseUrl: \`\${process.env.VAULT_ADDR}/v1\` });
const { client_token: token } = (await vault.loginWithAppRole('role', 'secret')) as { client_token: string };
const response = await axios.get(\`\${process.env.VAULT_ADDR}/v1/database/creds/reports\`, {
  headers: { 'X-Vault-Token': token },
});
const { data } = response.data;
${closing}`;

/** How a server takes, and what is to be given back by which token. */
export interface Form {
  readonly server: Server;
  readonly lease?: 'own-token' | 'token-of-the-environment';
  readonly token?: 'own-token';
}

const environment = 'token-of-the-environment';
const own = 'own-token';

export const forms: Readonly<Record<string, Form>> = {
  'fetch, TypeScript': { server: esm('ts', tokenOfTheEnvironment), lease: environment },
  'fetch with a login, JavaScript': { server: esm('js', ownLogin), lease: own, token: own },
  'fetch with a login, TypeScript': { server: esm('ts', ownLogin), lease: own, token: own },
  'fetch, CommonJS': {
    server: {
      main: 'index.cjs',
      files: { 'index.cjs': commonJs.replace('./db', './db.cjs'), 'db.cjs': commonJsDb },
    },
    lease: environment,
  },
  'fetch in a class, TypeScript': { server: esm('ts', fetchInClass), lease: environment },
  'fetch in a function, JavaScript': {
    server: esm('js', fetchInFunction.replace(" ?? ''", '')),
    lease: environment,
  },
  'fetch in a function, TypeScript': { server: esm('ts', fetchInFunction), lease: environment },
  'axios, TypeScript': { server: esm('ts', axiosGet), lease: environment },
  'axios, JavaScript': { server: esm('js', axiosGet), lease: environment },
  'axios with a login, TypeScript': { server: esm('ts', axiosLogin), lease: own, token: own },
  'axios instance in a field, TypeScript': { server: esm('ts', axiosInstance), lease: environment },
  'axios instance with a login, JavaScript': {
    server: esm('js', axiosInstanceOfModule),
    lease: own,
    token: own,
  },
  'axios instance with a login, TypeScript': {
    server: esm('ts', axiosInstanceOfModule),
    lease: own,
    token: own,
  },
  'undici request, TypeScript': { server: esm('ts', undiciRequest), lease: environment },
  'undici fetch, JavaScript': { server: esm('js', undiciFetch), lease: environment },
  'node-vault, TypeScript': { server: esm('ts', nodeVault), lease: own, token: own },
  'node-vault, JavaScript': { server: esm('js', nodeVault), lease: own, token: own },
  'node-vault in a class, TypeScript': { server: esm('ts', nodeVaultInClass), lease: own, token: own },
  'node-vault in a function, TypeScript': { server: esm('ts', nodeVaultInFunction), lease: environment },
  'node-vault in a function, JavaScript': { server: esm('js', nodeVaultInFunction), lease: environment },
  'hashi-vault-js, JavaScript': { server: esm('js', hashiVault), token: own },
  'hashi-vault-js, TypeScript': { server: esm('ts', hashiVault), token: own },
  'hashi-vault-js and axios, TypeScript': { server: esm('ts', hashiVaultAndAxios), lease: own, token: own },
  'hashi-vault-js and axios, JavaScript': { server: esm('js', hashiVaultAndAxios), lease: own, token: own },
};
