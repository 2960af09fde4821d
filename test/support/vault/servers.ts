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

const commonJsMain = `'use strict';
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

/** A server of CommonJS modules, with plain requests. */
export const commonJs: Server = {
  main: 'index.cjs',
  files: { 'index.cjs': commonJsMain.replace('./db', './db.cjs'), 'db.cjs': commonJsDb },
};
