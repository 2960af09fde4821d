import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { auditLogNotFlushed } from '../../server/src/rules/audit-log-not-flushed.ts';
import { credentialsNotCleared } from '../../server/src/rules/credentials-not-cleared.ts';
import { resourceNotClosed } from '../../server/src/rules/resource-not-closed.ts';
import { telemetryNotFlushed } from '../../server/src/rules/telemetry-not-flushed.ts';
import { vaultLeaseNotRevoked } from '../../server/src/rules/vault-lease-not-revoked.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { tempFolder } from '../support/tempFolder.ts';

const manifest = JSON.stringify({
  name: 'reports',
  type: 'module',
  bin: 'index.ts',
  dependencies: { '@modelcontextprotocol/sdk': '1', pg: '8', 'node-vault': '0.12', winston: '3' },
});

/** The text of a TypeScript server after the fixes of some rules, one rule after the other. */
async function fixedBy(rules: readonly Rule[], text: string): Promise<string> {
  const folder = tempFolder({ 'package.json': manifest, 'index.ts': text });
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  let fixed = text;
  for (const rule of rules) {
    const project = await workspace.snapshot();
    const [finding] = check(project, [rule]).findings;
    expect(finding?.ruleId).toBe(rule.id);
    const [fix] = await fixesOf(project, finding!, [rule]);
    expect(fix?.isSafe).toBe(false);
    fixed = applyEdits(fixed, fix!.edits.get(`${folder}/index.ts`)!);
    workspace.setOpenText(`${folder}/index.ts`, fixed, 1);
    expect(check(await workspace.snapshot(), [rule]).findings).toEqual([]);
  }
  return fixed;
}

const server = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { NodeSDK } from '@opentelemetry/sdk-node';
import vaultClient from 'node-vault';
import { Pool } from 'pg';
import winston from 'winston';

const telemetry = new NodeSDK({ serviceName: 'reports' });
const audit = winston.createLogger({ transports: [new winston.transports.File({ filename: 'audit.log' })] });
const vault = vaultClient({ endpoint: process.env.VAULT_ADDR });
const { data } = await vault.read('database/creds/reports');
const pool = new Pool({ user: data.username, password: data.password });
const tokens = new Map<string, string>();
const server = new McpServer({ name: 'reports', version: '1.0.0' });

server.registerTool('query', {}, async () => {
  tokens.set('query', String(await pool.query('select 1')));
  audit.info('query');
  return { content: [] };
});

async function stop() {
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
await server.connect(new StdioServerTransport());
`;

const rules = [
  auditLogNotFlushed,
  resourceNotClosed,
  vaultLeaseNotRevoked,
  credentialsNotCleared,
  telemetryNotFlushed,
];

/** The calls of the handler, in their order. */
function stepsOf(text: string): string[] {
  const body = text.slice(text.indexOf('async function stop()'), text.indexOf("process.on('SIGTERM'"));
  return [...body.matchAll(/\b(audit|pool|tokens|telemetry|revokeVaultLeases|exit)\b(?=[.(])/g)].map(
    ([name]) => name,
  );
}

describe('whatever fix comes first, the late steps of a shutdown stand in their order', () => {
  const orders = [
    rules,
    rules.toReversed(),
    [2, 0, 4, 1, 3].map((index) => rules[index]!),
    [3, 2, 1, 0, 4].map((index) => rules[index]!),
  ];
  test.each(orders.map((order) => [order.map(({ id }) => id).join(', '), order] as const))(
    '%s',
    async (_, order) => {
      const text = await fixedBy(order, server);
      expect(stepsOf(text)).toEqual(['pool', 'revokeVaultLeases', 'tokens', 'telemetry', 'audit', 'exit']);
    },
  );
});

describe('a variable with credentials gets the value that its type has for nothing', () => {
  const start = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

`;
  const rest = `

async function logIn() {
  accessToken = await (await fetch('https://login.example.com/token')).json();
}

const server = new McpServer({ name: 'reports', version: '1.0.0' });
server.registerTool('logIn', {}, async () => {
  await logIn();
  return { content: [] };
});

async function stop() {
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
await server.connect(new StdioServerTransport());
`;
  const comment =
    '  // References dropped; the strings stay in memory until they are collected. Revoking is the real control.\n';

  test.each([
    ['let accessToken: string | undefined;', 'undefined'],
    ['let accessToken: string | null = null;', 'null'],
    ['let accessToken: string;', "''"],
    ["let accessToken = '';", "''"],
    ['let accessToken: any;', 'undefined'],
  ])('%s', async (declaration, empty) => {
    const fixed = await fixedBy([credentialsNotCleared], start + declaration + rest);
    expect(fixed).toContain(`await server.close();\n${comment}  dropAccessToken();\n  process.exit(0);`);
    expect(fixed).toContain(`function dropAccessToken(): void {\n  accessToken = ${empty};\n}`);
    expect(fixed).not.toMatch(/wipe|zero/i);
  });

  test('no fix where it has none', async () => {
    const text = `${start}let accessToken: { value: string } = { value: '' };${rest}`;
    const folder = tempFolder({ 'package.json': manifest, 'index.ts': text });
    const workspace = new Workspace(nodeFileSystem);
    workspace.configure([folder], { trusted: false });
    const project = await workspace.snapshot();
    const { findings } = check(project, [credentialsNotCleared]);
    expect(findings).toHaveLength(1);
    expect(await fixesOf(project, findings[0]!, [credentialsNotCleared])).toEqual([]);
  });
});
