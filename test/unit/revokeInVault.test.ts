import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { vaultLeaseNotRevoked } from '../../server/src/rules/vault-lease-not-revoked.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { type FakeVault, startFakeVault } from '../support/fakeVault.ts';
import { linkReal, realPackages } from '../support/realPackages.ts';
import { type Ending, runAndStop } from '../support/runAndStop.ts';
import { tempFolder } from '../support/tempFolder.ts';

const rules = [vaultLeaseNotRevoked];

/** A server of two files: what starts and stops it, and what takes from Vault. */
interface Server {
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

function esm(extension: 'ts' | 'js', db: string): Server {
  const main = `${start}import { close } from './db.js';
${stop}await server.connect(new StdioServerTransport());
console.log('listening');
`;
  const program = extension === 'ts' ? 'dist/index.js' : 'index.js';
  return { main: program, files: { [`index.${extension}`]: main, [`db.${extension}`]: db } };
}

const closing = `
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
const { client_token: token } = await vault.loginWithAppRole('role', 'secret');
const data = { username: token, password: token };
${closing}`;

const servers: Record<string, Server> = {
  'plain HTTP, TypeScript': esm('ts', tokenOfTheEnvironment),
  'plain HTTP with a login, JavaScript': esm('js', ownLogin),
  'plain HTTP with a login, TypeScript': esm('ts', ownLogin),
  'plain HTTP, CommonJS': {
    main: 'index.cjs',
    files: { 'index.cjs': commonJs.replace('./db', './db.cjs'), 'db.cjs': commonJsDb },
  },
};

/** The packages that the server has at run time: as much of the SDK as starts, a pool that tells when it is closed. */
const stubs = {
  'node_modules/@modelcontextprotocol/sdk/package.json': '{}',
  'node_modules/@modelcontextprotocol/sdk/server/mcp.js':
    'exports.McpServer = class { async connect() { setInterval(() => {}, 1_000); } async close() {} };',
  'node_modules/@modelcontextprotocol/sdk/server/stdio.js': 'exports.StdioServerTransport = class {};',
  'node_modules/pg/package.json': '{ "main": "index.cjs" }',
  'node_modules/pg/index.cjs':
    "exports.Pool = class { end() { return fetch(process.env.VAULT_ADDR + '/pool-is-closed', { method: 'POST' }).catch(() => {}); } };",
};

/** The clients, as far as the servers and the fix use them; the real ones where they are installed. */
const standIns = {
  'node_modules/node-vault/index.js': `module.exports = ({ endpoint }) => {
  const vault = {
    token: process.env.VAULT_TOKEN,
    async request({ method, path, json }) {
      const headers = { 'X-Vault-Token': vault.token };
      const response = await fetch(endpoint + '/v1' + path, { method, headers, body: JSON.stringify(json) });
      if (response.status === 204) return undefined;
      if (response.status !== 200) throw new Error('Status ' + response.status);
      return response.json();
    },
    read: (path) => vault.request({ method: 'GET', path: '/' + path }),
    revoke: ({ lease_id }) => vault.request({ method: 'PUT', path: '/sys/leases/revoke', json: { lease_id } }),
    tokenRevokeSelf: () => vault.request({ method: 'POST', path: '/auth/token/revoke-self' }),
    async approleLogin(json) {
      const login = await vault.request({ method: 'POST', path: '/auth/approle/login', json });
      vault.token = login.auth.client_token;
      return login;
    },
  };
  return vault;
};`,
  'node_modules/hashi-vault-js/index.js': `module.exports = class {
  constructor({ baseUrl }) {
    this.baseUrl = baseUrl;
  }
  async post(path, token, json) {
    const headers = { 'X-Vault-Token': token };
    return fetch(this.baseUrl + path, { method: 'POST', headers, body: JSON.stringify(json) });
  }
  async loginWithAppRole(role_id, secret_id) {
    const response = await this.post('/auth/approle/login', '', { role_id, secret_id });
    return (await response.json()).auth;
  }
  async revokeSelfToken(token) {
    await this.post('/auth/token/revoke-self', token);
  }
};`,
};

const clientNames = ['node-vault', 'hashi-vault-js'];
const realClients = realPackages(clientNames);

const environment = { VAULT_TOKEN: 'token-of-the-environment', ROLE_ID: 'role', SECRET_ID: 'secret' };

function folderOf({ files }: Server): string {
  const entry = Object.keys(files)[0]!;
  const manifest = {
    name: 'reports',
    type: 'module',
    bin: entry,
    dependencies: {
      '@modelcontextprotocol/sdk': '1',
      pg: '8',
      'node-vault': '0.12',
      'hashi-vault-js': '0.5',
    },
  };
  const clients = realClients ? {} : standIns;
  const folder = tempFolder({ 'package.json': JSON.stringify(manifest), ...files, ...stubs, ...clients });
  if (realClients) linkReal(folder, clientNames, realClients);
  return folder;
}

/** Applies the fix to the files of a folder; the rule has to be silent then. */
async function applyFixIn(folder: string): Promise<string> {
  const snapshot = async () => {
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([folder], { trusted: false });
    return workspace.snapshot();
  };
  const project = await snapshot();
  const { findings } = check(project, rules);
  expect(findings).toHaveLength(1);
  const fixes = await fixesOf(project, findings[0]!, rules);
  expect(fixes).toHaveLength(1);
  for (const [path, edits] of fixes[0]!.edits) {
    writeFileSync(path, applyEdits(readFileSync(path, 'utf8'), edits));
  }
  expect(check(await snapshot(), rules).findings).toEqual([]);
  return fixes[0]!.title;
}

/** Runs the files as they are and tells what reached Vault after the signal. */
async function stopIn(
  folder: string,
  server: Server,
  vault: FakeVault,
  atSignal: () => unknown = () => {},
): Promise<Ending> {
  const sources = Object.keys(server.files).filter((name) => name.endsWith('.ts'));
  if (sources.length > 0) {
    await build({
      entryPoints: sources.map((name) => join(folder, name)),
      outdir: join(folder, 'dist'),
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
    });
  }
  const env = { ...environment, VAULT_ADDR: vault.address };
  return runAndStop(folder, server.main, env, async () => {
    vault.requests.length = 0;
    await atSignal();
  });
}

const leaseRevoked = {
  what: 'PUT /v1/sys/leases/revoke',
  body: { lease_id: 'database/creds/reports/1', sync: true },
};

describe('run after the fix, what was taken is given back', () => {
  const poolClosed = expect.objectContaining({ what: 'POST /pool-is-closed' });

  test.each(Object.keys(servers))('%s', async (name) => {
    const server = servers[name]!;
    const folder = folderOf(server);
    const vault = await startFakeVault();
    expect((await stopIn(folder, server, vault)).code).toBe(0);
    expect(vault.requests).toEqual([poolClosed]);

    const hasLogin = name.includes('login');
    const title = await applyFixIn(folder);
    expect(title).toBe(`Revoke the Vault lease${hasLogin ? ' and token' : ''} on shutdown`);
    const again = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, again);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const token = hasLogin ? 'own-token' : 'token-of-the-environment';
    expect(again.requests).toEqual([
      poolClosed,
      expect.objectContaining({ ...leaseRevoked, token }),
      ...(hasLogin ? [expect.objectContaining({ what: 'POST /v1/auth/token/revoke-self', token })] : []),
    ]);
  });

  test('in the namespace that it was taken in', async () => {
    const server = servers['plain HTTP, TypeScript']!;
    const folder = folderOf(server);
    await applyFixIn(folder);
    const vault = await startFakeVault();
    await stopIn(folder, server, vault);
    expect(vault.requests.at(-1)).toMatchObject({ ...leaseRevoked, namespace: 'team' });
  });

  test('node-vault', async () => {
    const server = esm('ts', nodeVault);
    const folder = folderOf(server);
    expect(await applyFixIn(folder)).toBe('Revoke the Vault lease and token on shutdown');
    const vault = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, vault);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(vault.requests).toEqual([
      poolClosed,
      expect.objectContaining({ ...leaseRevoked, token: 'own-token' }),
      expect.objectContaining({ what: 'POST /v1/auth/token/revoke-self', token: 'own-token' }),
    ]);
  });

  test('hashi-vault-js, which takes the token of a login', async () => {
    const server = esm('js', hashiVault);
    const folder = folderOf(server);
    expect(await applyFixIn(folder)).toBe('Revoke the Vault token on shutdown');
    const vault = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, vault);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(vault.requests).toEqual([
      poolClosed,
      expect.objectContaining({ what: 'POST /v1/auth/token/revoke-self', token: 'own-token' }),
    ]);
  });
});

describe('Vault never keeps the server from its exit', () => {
  const all: Record<string, Server> = {
    ...servers,
    'node-vault': esm('js', nodeVault),
    'hashi-vault-js': esm('js', hashiVault),
  };

  // The handler's own timer would end the process with 1.
  test.each(Object.keys(all))('%s: refused connections', async (name) => {
    const server = all[name]!;
    const folder = folderOf(server);
    await applyFixIn(folder);
    const vault = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, vault, () => vault.goDown());
    expect(code).toBe(0);
    expect(stderr).toMatch(/^shutdown: Vault/);
    expect(stderr).not.toMatch(/own-token|token-of-the-environment/);
  });

  test.each(['plain HTTP with a login, TypeScript', 'node-vault', 'hashi-vault-js'])(
    '%s: no answer',
    async (name) => {
      const server = all[name]!;
      const folder = folderOf(server);
      await applyFixIn(folder);
      const vault = await startFakeVault();
      vault.mood = 'hangs';
      const { code, stderr } = await stopIn(folder, server, vault);
      expect(code).toBe(0);
      expect(stderr).toMatch(/^shutdown: Vault/);
      expect(stderr).not.toMatch(/own-token|token-of-the-environment/);
    },
  );

  test('a lease that it may not revoke does not keep it from revoking its token', async () => {
    const server = servers['plain HTTP with a login, JavaScript']!;
    const folder = folderOf(server);
    await applyFixIn(folder);
    const vault = await startFakeVault();
    vault.mood = 'forbids leases';
    const { code, stderr } = await stopIn(folder, server, vault);
    expect(code).toBe(0);
    expect(stderr).toContain('Vault answered 403');
    expect(vault.requests.at(-1)).toMatchObject({ what: 'POST /v1/auth/token/revoke-self' });
  });
});

describe('nothing is offered where', () => {
  const client = "import vaultClient from 'node-vault';\nimport { Pool } from 'pg';\n\n";
  const made = 'const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });\n';
  const read = "const { data } = await vault.read('database/creds/reports');\n";
  const get = (url: string, headers: string, rest = 'const { data } = await response.json();\n') =>
    `import { Pool } from 'pg';\n\nconst response = await fetch(${url}, { headers: ${headers} });\n${rest}${closing}`;

  test.each([
    [
      'the client is a field',
      `${client}class Secrets {\n  vault = vaultClient({});\n  read() {\n    return this.vault.read('database/creds/reports');\n  }\n}\nconst { data } = await new Secrets().read();\n${closing}`,
    ],
    [
      'the client is gone with its function',
      `${client}async function credentials() {\n  ${made}  return vault.read('database/creds/reports');\n}\nconst { data } = await credentials();\n${closing}`,
    ],
    [
      'the token of a login is not the one that the client goes on with',
      `${client}${made}await vault.write('auth/approle/login', { role_id: 'r' });\n${read}${closing}`,
    ],
    [
      'there are two clients',
      `${client}${made}const other = vaultClient({});\n${read}await other.read('aws/creds/deploy');\n${closing}`,
    ],
    [
      'the file has a function of that name',
      `${client}${made}${read}function rememberLease() {}\nrememberLease();\n${closing}`,
    ],
    ['what is sent is not there', get("'http://vault:8200/v1/database/creds/a'", 'undefined')],
    ['what is sent has no token', get("'http://vault:8200/v1/database/creds/a'", "{ Accept: '*/*' }")],
    [
      'the answer is read as text',
      get(
        "'http://vault:8200/v1/database/creds/a'",
        "{ 'X-Vault-Token': 't' }",
        'const data = JSON.parse(await response.text()).data;\n',
      ),
    ],
  ])('%s', async (_, db) => {
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([folderOf(esm('ts', db))], { trusted: false });
    const project = await workspace.snapshot();
    const { findings } = check(project, rules);
    expect(findings).toHaveLength(1);
    expect(await fixesOf(project, findings[0]!, rules)).toEqual([]);
  });
});
