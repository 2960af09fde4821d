// Measures what a person would feel, each beside something known that runs in the same minutes:
// absolute times say little on a shared machine, ratios do. Run `npm run build` first, `npm run package` for the size.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DockerfileParser } from 'dockerfile-ast';
import ts from 'typescript';
import {
  createProtocolConnection,
  InitializeRequest,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';
import { check } from '../server/src/engine/check.ts';
import { nodeFileSystem, toCorePath } from '../server/src/nodeFileSystem.ts';
import { Workspace } from '../server/src/project/workspace.ts';
import { rules } from '../server/src/rules/index.ts';

const rounds = 7;
const folder = mkdtempSync(join(tmpdir(), 'mcp-shutdown-bench-'));
const file = (name: string) => join(folder, name);

/** An Express server with as many tools as it takes to fill the lines. */
function serverText(lines: number): string {
  const head = [
    "import express from 'express';",
    "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';",
    "import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';",
    '',
    "const server = new McpServer({ name: 'bench', version: '1.0.0' });",
  ];
  const tail = [
    'const app = express();',
    "app.post('/mcp', async (req, res) => {",
    '  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });',
    '  await server.connect(transport);',
    '  await transport.handleRequest(req, res, req.body);',
    '});',
    'app.listen(3000);',
    '',
  ];
  const tools: string[] = [];
  for (let tool = 0; tools.length < lines - head.length - tail.length; tool += 1) {
    tools.push(
      `server.registerTool('tool-${tool}', { description: 'Tool ${tool}' }, async ({ query, limit = ${tool} }) => {`,
      `  const response = await fetch(\`https://example.com/\${query}?limit=\${limit}\`);`,
      "  if (!response.ok) return { isError: true, content: [{ type: 'text', text: response.statusText }] };",
      '  const rows = (await response.json()) as { name: string; size: number }[];',
      '  const total = rows.reduce((sum, row) => sum + row.size, 0);',
      "  return { content: [{ type: 'text', text: String(rows.length + total) }] };",
      '});',
      '',
    );
  }
  return [...head, ...tools, ...tail].join('\n');
}

async function median(times: number, run: (round: number) => unknown): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await run(round);
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[times >> 1] ?? Number.NaN;
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const ratio = (value: number, beside: number) => (value / beside).toFixed(2);
const report = (what: string, text: string) => console.log(`${what.padEnd(44)} ${text}`);

/** From starting the language server to its first finding in the opened file. */
async function firstFinding(text: string): Promise<void> {
  const child = spawn(process.execPath, ['dist/server.cjs', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const uri = URI.file(file('server.ts')).toString();
  const found = new Promise<void>((done) => {
    connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => {
      if (diagnostics.length > 0) done();
    });
  });
  const workspaceFolders = [{ uri: URI.file(folder).toString(), name: 'bench' }];
  const rootUri = URI.file(folder).toString();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri,
    capabilities: {},
    workspaceFolders,
  });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri, languageId: 'typescript', version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await found;
  connection.dispose();
  child.kill();
}

async function coldStart(text: string): Promise<void> {
  const ours = await median(rounds, () => firstFinding(text));
  const compiler = await median(rounds, () =>
    spawnSync(process.execPath, ['-e', "require('./dist/typescript.cjs')"], { stdio: 'inherit' }),
  );
  report(
    'cold start to the first finding',
    `${ms(ours)}; ${ratio(ours, compiler)} x node loading the TypeScript compiler (${ms(compiler)})`,
  );
}

async function recheck(
  name: string,
  text: string,
  beside: string,
  parse: (text: string) => unknown,
): Promise<void> {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([toCorePath(folder)], {});
  const edited = (round: number) =>
    text.replace('\n', `\n${name === 'Dockerfile' ? '#' : '//'} edit ${round}\n`);
  const run = async (round: number) => {
    workspace.setOpenText(toCorePath(file(name)), edited(round), round);
    const { findings } = check(await workspace.snapshot(), rules);
    if (findings.length === 0) throw new Error(`nothing found in ${name}`);
  };
  // Both warm: what counts is the twentieth keystroke, not the first.
  for (let round = 0; round < 15; round += 1) {
    await run(-round);
    parse(edited(round));
  }
  const ours = await median(31, run);
  const theirs = await median(31, (round) => parse(edited(round)));
  report(
    `re-check after an edit of ${name}`,
    `${ms(ours)}; ${ratio(ours, theirs)} x ${beside} of the same text (${ms(theirs)})`,
  );
}

async function commandLine(): Promise<void> {
  const run = (args: string[]) => () => spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  const ours = await median(rounds, run([resolve('dist/cli.cjs'), 'check', 'parsed.js']));
  const config = file('eslint.config.mjs');
  writeFileSync(config, 'export default [{ files: ["**/*.js"], rules: {} }];\n');
  const eslint = await median(
    rounds,
    run([resolve('node_modules/eslint/bin/eslint.js'), '-c', config, 'parsed.js']),
  );
  report(
    'command line on one file',
    `${ms(ours)}; ${ratio(ours, eslint)} x eslint without rules on it (${ms(eslint)})`,
  );
}

/** The heap that a thousand edits leave behind. */
async function memory(text: string): Promise<void> {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([toCorePath(folder)], {});
  const edit = async (round: number) => {
    workspace.setOpenText(toCorePath(file('server.ts')), `${text}// ${round}\n`, round);
    check(await workspace.snapshot(), rules);
  };
  for (let round = 0; round < 50; round += 1) await edit(round);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let round = 50; round < 1050; round += 1) await edit(round);
  collect();
  const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  report(
    'heap after 1,000 edits',
    `${(before / 2 ** 20).toFixed(0)} MiB before, ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MiB after`,
  );
}

function packageSize(): void {
  const packed = existsSync('out') ? readdirSync('out').find((name) => name.endsWith('.vsix')) : undefined;
  report(
    '.vsix',
    packed
      ? `${(statSync(join('out', packed)).size / 2 ** 20).toFixed(2)} MiB`
      : 'not packaged: npm run package',
  );
}

try {
  if (!existsSync('dist/server.cjs')) throw new Error('dist/ is missing: npm run build');
  const text = serverText(1_000);
  const dockerfile = `FROM node:20\nWORKDIR /app\n${'RUN npm ci\n'.repeat(20)}CMD node dist/server.js\n`;
  writeFileSync(
    file('package.json'),
    '{ "name": "bench", "dependencies": { "@modelcontextprotocol/sdk": "^1.30.0" } }\n',
  );
  writeFileSync(file('server.ts'), text);
  writeFileSync(file('Dockerfile'), dockerfile);
  await coldStart(text);
  await recheck('server.ts', text, 'ts.createSourceFile', (changed) =>
    ts.createSourceFile('server.ts', changed, ts.ScriptTarget.Latest, false),
  );
  await recheck('Dockerfile', dockerfile, 'dockerfile-ast', (changed) => DockerfileParser.parse(changed));
  rmSync(file('server.ts'));
  writeFileSync(file('parsed.js'), text.replaceAll(/ as \{[^}]*\}\[\]/g, ''));
  await commandLine();
  rmSync(file('parsed.js'));
  writeFileSync(file('server.ts'), text);
  await memory(text);
  packageSize();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
