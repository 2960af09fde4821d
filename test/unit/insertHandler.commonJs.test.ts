import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { insertHandler } from '../../server/src/fixes/handler/insertHandler.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { tempFolder } from '../support/tempFolder.ts';

const manifest = (type: string, main: string) =>
  JSON.stringify({ name: 'rows', type, main, dependencies: { '@modelcontextprotocol/sdk': '1' } });

const requires = `const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
`;
const made = `const server = new McpServer({ name: 'rows', version: '1.0.0' });
`;
const connect = `server.connect(new StdioServerTransport());
`;

/** The files after the fix of each shape, by name. */
async function shapesOf(files: Record<string, string>): Promise<Record<string, string>[]> {
  const folder = tempFolder(files);
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  const project = await workspace.snapshot();
  expect(project.servers).toHaveLength(1);
  return insertHandler(project, project.servers[0]!, 'missing-sigterm-handler').map(({ edits }) =>
    Object.fromEntries(
      [...edits].map(([path, each]) => [
        path.slice(folder.length + 1),
        applyEdits(project.files.get(path)?.text ?? '', each),
      ]),
    ),
  );
}

describe('the module of a server that requires its files', () => {
  test('is required, and gives its functions at its end', async () => {
    const [, after] = await shapesOf({
      'package.json': manifest('commonjs', 'index.js'),
      'index.js': `'use strict';\n${requires}\n${made}${connect}`,
    });
    expect(after?.['index.js']).toContain(
      `${requires}const { shutDown, trackToolCalls } = require('./shutdown.js');`,
    );
    expect(after?.['shutdown.js']).toMatch(
      /^'use strict';\n\nconst \{ CallToolRequestSchema \} = require\([\s\S]*\n\nmodule\.exports = \{ trackToolCalls, shutDown \};\n$/,
    );
  });

  test('gives them one by one where the author does, and requires what the lines of an older handler name', async () => {
    const [, after] = await shapesOf({
      'package.json': manifest('commonjs', 'src/index.js'),
      'src/index.js': `${requires}const logger = require('./logger');
const { addTools } = require('../tools/all');
${made}addTools(server);
process.on('SIGINT', async () => {
  logger.info('bye');
  await server.close();
  process.exit(0);
});
${connect}`,
      'src/logger.js': `exports.info = (text) => console.error(text);\n`,
      'tools/all.js': `const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { Server } = require('@modelcontextprotocol/sdk/server/index.js');
exports.addTools = (server) => server.tool('rows', async () => ({ content: [] }));
exports.Server = [McpServer, Server];
`,
    });
    expect(Object.keys(after ?? {}).sort()).toEqual(['src/index.js', 'src/shutdown.js']);
    expect(after?.['src/shutdown.js']).toContain(`const logger = require('./logger');`);
    expect(after?.['src/shutdown.js']).toContain(
      'exports.trackToolCalls = trackToolCalls;\nexports.stopOnSignals = stopOnSignals;\n',
    );
  });

  test('has the ending of the entry: .cjs in a package of ES modules', async () => {
    const [, after] = await shapesOf({
      'package.json': manifest('module', 'server.cjs'),
      'server.cjs': `${requires}${made}${connect}`,
    });
    expect(after?.['server.cjs']).toContain(`require('./shutdown.cjs');`);
    expect(after?.['shutdown.cjs']).toContain('\nmodule.exports = {');
  });
});

describe('what is required', () => {
  test('stands above all that the file does, whatever is required later', async () => {
    const shapes = await shapesOf({
      'package.json': manifest('commonjs', 'index.js'),
      'index.js': `${requires}const name = 'rows';
${made}
server.tool('rows', async () => ({ content: [] }));
const sql = require('./sql');
server.tool('more', async () => sql.rows());
${connect}`,
      'sql.js': `exports.rows = () => ({ content: [] });\n`,
    });
    const names = ['CallToolRequestSchema } = require', 'shutDown, trackToolCalls } = require'];
    for (const [index, after] of shapes.entries())
      expect(after['index.js']).toContain(`server/stdio.js');\nconst { ${names[index]}`);
    expect(shapes).toHaveLength(2);
  });

  test('stands below the directive of a file that loads everything later', async () => {
    const text = `#!/usr/bin/env node
'use strict';

async function main() {
  const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const server = new McpServer({ name: 'rows', version: '1.0.0' });
  await server.connect(new StdioServerTransport());
}
main();
`;
    const [inline, beside] = await shapesOf({
      'package.json': manifest('commonjs', 'index.js'),
      'index.js': text,
    });
    expect(inline?.['index.js']).toMatch(
      /^#![^\n]*\n'use strict';\n\nconst \{ CallToolRequestSchema \} = require/,
    );
    expect(beside?.['index.js']).toMatch(
      /^#![^\n]*\n'use strict';\n\nconst \{ shutDown, trackToolCalls \} = require/,
    );
    // The package says what such a file is.
    const [esModule] = await shapesOf({
      'package.json': manifest('module', 'index.js'),
      'index.js': text.replace(`'use strict';\n`, ''),
    });
    expect(esModule?.['index.js']).toMatch(/^#![^\n]*\nimport \{ CallToolRequestSchema \} from/);
  });
});

describe('a private pool of a module that is required', () => {
  const index = `${requires}const db = require('./db');
${made}server.tool('rows', async () => db.rows());
${connect}`;
  const packages = {
    'node_modules/@modelcontextprotocol/sdk/package.json': '{"name":"@modelcontextprotocol/sdk"}',
    'node_modules/@modelcontextprotocol/sdk/server/mcp.js':
      'exports.McpServer = class { server = { setRequestHandler() {} }; tool() {} async connect() {} async close() {} };',
    'node_modules/@modelcontextprotocol/sdk/server/stdio.js':
      'exports.StdioServerTransport = class {}; setInterval(() => process.kill(process.pid, "SIGTERM"), 50);',
    'node_modules/@modelcontextprotocol/sdk/types.js': 'exports.CallToolRequestSchema = {};',
    'node_modules/pg/index.js':
      'exports.Pool = class { async query() { return 1; } async end() { console.log("pool ended"); } };',
  };
  const pool = `const { Pool } = require('pg');\nconst pool = new Pool();\n`;

  test.each([
    ['module.exports', `${pool}const rows = () => pool.query('');\nmodule.exports = { rows };\n`],
    ['exports', `${pool}exports.rows = () => pool.query('');\n`],
    [
      'a function that is there',
      `${pool}const stop = () => pool.end();\nmodule.exports = { rows() {}, stop };\n`,
    ],
  ])('is released by a function that it gives: %s', async (_, db) => {
    const files = { 'package.json': manifest('commonjs', 'index.js'), 'index.js': index, 'db.js': db };
    const shapes = await shapesOf(files);
    expect(shapes).toHaveLength(2);
    for (const after of shapes) {
      const folder = tempFolder({ ...packages, ...files, ...after });
      const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'index.js')], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect({ stdout, stderr, status }).toEqual({ stdout: 'pool ended\n', stderr: '', status: 0 });
    }
  });
});
