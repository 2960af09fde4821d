import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { missingSigtermHandler } from '../../server/src/rules/missing-sigterm-handler.ts';
import { vaultLeaseNotRevoked } from '../../server/src/rules/vault-lease-not-revoked.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { type FakeVault, startFakeVault } from '../support/fakeVault.ts';
import { linkReal, realPackages } from '../support/realPackages.ts';
import { type Ending, runAndStop } from '../support/runAndStop.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { type Form, forms } from '../support/vault/forms.ts';
import { closing, esm, type Server } from '../support/vault/servers.ts';

/*
 * Servers that take from Vault with the real clients, fixed, run and stopped, against a server that speaks its API.
 */

/** As much of the SDK as starts. */
const sdk = {
  'node_modules/@modelcontextprotocol/sdk/package.json': '{}',
  'node_modules/@modelcontextprotocol/sdk/server/mcp.js':
    'exports.McpServer = class { async connect() { setInterval(() => {}, 1_000); } async close() {} };',
  'node_modules/@modelcontextprotocol/sdk/server/stdio.js': 'exports.StdioServerTransport = class {};',
};
/** A pool that tells when it is closed. */
const pg = {
  'node_modules/pg/package.json': '{ "main": "index.cjs" }',
  'node_modules/pg/index.cjs':
    "exports.Pool = class { end() { return fetch(process.env.VAULT_ADDR + '/pool-is-closed', { method: 'POST' }).catch(() => {}); } };",
};

const clients = ['node-vault', 'hashi-vault-js', 'axios', 'undici', '@types/node', '@types/pg'];
const realSdk = '@modelcontextprotocol/sdk';
const installed = realPackages([...clients, realSdk]);

const environment = { VAULT_TOKEN: 'token-of-the-environment', ROLE_ID: 'role', SECRET_ID: 'secret' };

function folderOf({ files }: Server, hasRealSdk = false): string {
  const manifest = {
    name: 'reports',
    type: 'module',
    bin: Object.keys(files)[0]!,
    dependencies: {
      '@modelcontextprotocol/sdk': '1',
      pg: '8',
      'node-vault': '0.12',
      'hashi-vault-js': '0.5',
    },
  };
  const packages = hasRealSdk ? pg : { ...pg, ...sdk };
  const folder = tempFolder({ 'package.json': JSON.stringify(manifest), ...files, ...packages });
  if (installed) linkReal(folder, hasRealSdk ? [...clients, realSdk] : clients, installed);
  return folder;
}

function projectIn(folder: string) {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  return workspace.snapshot();
}

/** Applies the fix to the files of a folder; the rule has to be silent then. Returns its title. */
async function applyFixIn(folder: string, rule: Rule = vaultLeaseNotRevoked): Promise<string> {
  const project = await projectIn(folder);
  const { findings } = check(project, [rule]);
  expect(findings).toHaveLength(1);
  const [fix] = await fixesOf(project, findings[0]!, [rule]);
  for (const [path, edits] of fix!.edits) {
    writeFileSync(path, applyEdits(readFileSync(path, 'utf8'), edits));
  }
  expect(check(await projectIn(folder), [rule, vaultLeaseNotRevoked]).findings).toEqual([]);
  return fix!.title;
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
  return runAndStop(folder, server.main, { ...environment, VAULT_ADDR: vault.address }, async () => {
    vault.requests.length = 0;
    await atSignal();
  });
}

const poolClosed = expect.objectContaining({ what: 'POST /pool-is-closed' });

/** What has to reach Vault, in this order: the database is closed, then the lease, the own token last. */
function givenBack({ lease, token }: Form) {
  const body = { lease_id: 'database/creds/reports/1', sync: true };
  return [
    poolClosed,
    ...(lease ? [expect.objectContaining({ what: 'PUT /v1/sys/leases/revoke', body, token: lease })] : []),
    ...(token ? [expect.objectContaining({ what: 'POST /v1/auth/token/revoke-self', token })] : []),
  ];
}

describe.skipIf(!installed)('run after the fix, what was taken is given back', () => {
  test.each(Object.entries(forms))('%s', async (_, form) => {
    const { server, lease, token } = form;
    const folder = folderOf(server);
    const vault = await startFakeVault();
    expect(await stopIn(folder, server, vault)).toMatchObject({ code: 0, stderr: '' });
    expect(vault.requests).toEqual([poolClosed]);

    const what = [...(lease ? ['lease'] : []), ...(token ? ['token'] : [])].join(' and ');
    expect(await applyFixIn(folder)).toBe(`Revoke the Vault ${what} on shutdown`);
    const again = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, again);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(again.requests).toEqual(givenBack(form));
  });

  test('in the namespace that it was taken in', async () => {
    const { server } = forms['fetch, TypeScript']!;
    const folder = folderOf(server);
    await applyFixIn(folder);
    const vault = await startFakeVault();
    await stopIn(folder, server, vault);
    expect(vault.requests.at(-1)).toMatchObject({ namespace: 'team' });
  });

  test('all of it passes a strict type-check against the real packages', { timeout: 120_000 }, async () => {
    const typed = Object.entries(forms).filter(([name]) => name.endsWith('TypeScript'));
    const root = folderOf({ main: '', files: { 'index.ts': '' } });
    for (const [index, [, { server }]] of typed.entries()) {
      const folder = folderOf(server);
      await applyFixIn(folder);
      writeFileSync(join(root, `db${index}.ts`), readFileSync(join(folder, 'db.ts')));
    }
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', types: ['node'] };
    const options = { ...compilerOptions, noEmit: true, skipLibCheck: true };
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['db*.ts'] }),
    );
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const run = promisify(execFile)(process.execPath, [compiler, '-p', root]);
    const complaints = await run.then(
      () => '',
      (error) => error.stdout,
    );
    expect(complaints).toBe('');
  });
});

describe.skipIf(!installed)('the full handler gives it back, too', () => {
  test.each([
    'fetch in a class, TypeScript',
    'fetch with a login, JavaScript',
    'axios instance with a login, TypeScript',
    'node-vault, TypeScript',
    'hashi-vault-js, JavaScript',
  ])('%s', async (name) => {
    const form = forms[name]!;
    const server = { ...form.server, files: withoutHandler(form.server.files) };
    const folder = folderOf(server, true);
    expect(await applyFixIn(folder, missingSigtermHandler)).toBe('Insert a graceful shutdown handler');
    const vault = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, vault);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(vault.requests).toEqual(givenBack(form));
  });
});

/** The pool is exported and the SDK is the real one: what is inserted stands in between. */
function withoutHandler(files: Server['files']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text
        .replace(/let stopping = false;[\s\S]*process\.on\('SIGTERM', stop\);\n/, '')
        .replace("import { close } from './db.js'", "import { pool } from './db.js'")
        .replace('const pool =', 'export const pool =')
        .replace("console.log('listening')", "void pool;\nconsole.log('listening')"),
    ]),
  );
}

describe.skipIf(!installed)('Vault never keeps the server from its exit', () => {
  // The handler's own timer would end the process with 1.
  test.each(Object.entries(forms))('%s: refused connections', async (_, { server }) => {
    const folder = folderOf(server);
    await applyFixIn(folder);
    const vault = await startFakeVault();
    const { code, stderr } = await stopIn(folder, server, vault, () => vault.goDown());
    expect(code).toBe(0);
    expect(stderr).toMatch(/^shutdown: Vault/);
    expect(stderr).not.toMatch(/own-token|token-of-the-environment/);
  });

  test.each([
    'fetch with a login, TypeScript',
    'axios instance with a login, TypeScript',
    'undici request, TypeScript',
    'node-vault, JavaScript',
    'hashi-vault-js and axios, TypeScript',
  ])('%s: no answer', async (name) => {
    const { server } = forms[name]!;
    const folder = folderOf(server);
    await applyFixIn(folder);
    const vault = await startFakeVault();
    vault.mood = 'hangs';
    const { code, stderr } = await stopIn(folder, server, vault);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^shutdown: Vault/);
    expect(stderr).not.toMatch(/own-token|token-of-the-environment/);
  });

  test.each(['fetch with a login, JavaScript', 'axios with a login, TypeScript', 'node-vault, TypeScript'])(
    '%s: a lease that it may not revoke does not keep it from revoking its token',
    async (name) => {
      const { server } = forms[name]!;
      const folder = folderOf(server);
      await applyFixIn(folder);
      const vault = await startFakeVault();
      vault.mood = 'forbids leases';
      const { code, stderr } = await stopIn(folder, server, vault);
      expect(code).toBe(0);
      expect(stderr).toMatch(/^shutdown: Vault lease: .*(403|permission denied)/);
      expect(vault.requests.at(-1)).toMatchObject({ what: 'POST /v1/auth/token/revoke-self' });
    },
  );
});

describe('nothing is offered where', () => {
  const client = "import vaultClient from 'node-vault';\nimport { Pool } from 'pg';\n\n";
  const made = 'const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });\n';
  const read = "const { data } = await vault.read('database/creds/reports');\n";
  const get = (url: string, headers: string, rest = 'const { data } = await response.json();\n') =>
    `import { Pool } from 'pg';\n\nconst response = await fetch(${url}, { headers: ${headers} });\n${rest}${closing}`;

  test.each([
    [
      'the client is made anew each time',
      `${client}const { data } = await vaultClient({}).read('database/creds/reports');\n${closing}`,
    ],
    [
      'the token of a login is not the one that the client goes on with',
      `${client}${made}await vault.write('auth/approle/login', { role_id: 'r' });\n${read}${closing}`,
    ],
    [
      'the file has a function of that name',
      `${client}${made}${read}function rememberLease() {}\nrememberLease();\n${closing}`,
    ],
    ['what is sent is not there', get("'http://vault:8200/v1/database/creds/a'", 'undefined')],
    ['what is sent has no token', get("'http://vault:8200/v1/database/creds/a'", "{ Accept: '*/*' }")],
    ['what is sent is made by a call', get("'http://vault:8200/v1/database/creds/a'", 'await headers()')],
    [
      'the answer is read as text',
      get(
        "'http://vault:8200/v1/database/creds/a'",
        "{ 'X-Vault-Token': 't' }",
        'const data = JSON.parse(await response.text()).data;\n',
      ),
    ],
  ])('%s', async (_, db) => {
    const project = await projectIn(folderOf(esm('ts', db)));
    const { findings } = check(project, [vaultLeaseNotRevoked]);
    expect(findings).toHaveLength(1);
    expect(await fixesOf(project, findings[0]!, [vaultLeaseNotRevoked])).toEqual([]);
  });
});
