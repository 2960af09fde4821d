import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { openProject } from '../../server/src/engine/openProject.ts';
import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import { managerFate } from '../../server/src/languages/managerSignals.ts';
import { managerCallOf } from '../../server/src/languages/shell/managerCall.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { packageManagerAsPid1 } from '../../server/src/rules/package-manager-as-pid-1.ts';
import { shellFormCommand } from '../../server/src/rules/shell-form-command.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { tempFolder } from '../support/tempFolder.ts';

const npm = [
  process.env.npm_execpath ?? '',
  join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
].find((path) => /npm-cli\.js$/.test(path) && existsSync(path));

/** Tells who it is, where and how it was called, without what npm sets for its scripts. */
const stub = `#!/bin/sh
printf '%s <' "\${0##*/}" >> "$REPORT"
for word; do printf '%s><' "$word" >> "$REPORT"; done
printf ' in %s with\\n' "$(pwd)" >> "$REPORT"
export -p | grep -v ' \\(npm_\\w*\\|PATH\\|INIT_CWD\\|NODE\\|COLOR\\|EDITOR\\|HOME\\|PWD\\|OLDPWD\\|SHLVL\\|_\\)\\(=\\|$\\)' >> "$REPORT"
echo "$$" > "$REPORT.pid"
`;

const scripts = {
  start: 'node dist/index.js',
  quoted: 'node "dist/my server.js" \'$PORT\' a\\ b',
  http: `NODE_ENV=production node dist/index.js --port "\${PORT:-80}"`,
  pre: 'node dist/index.js',
  prepre: 'node before.js && node "two words.js"',
  list: 'node first.js; node dist/index.js',
  nested: 'npm run -s http -- --nested',
  tool: 'tool src/index.ts',
};

const rules = [packageManagerAsPid1, shellFormCommand];

/** The image's start command before and after the fix, run in a copy of the build context. */
async function sameStart(cmd: string): Promise<void> {
  const folder = tempFolder({
    'package.json': JSON.stringify({
      workspaces: ['packages/*'],
      scripts,
      dependencies: { '@modelcontextprotocol/sdk': '1', tool: '1' },
    }),
    'packages/server/package.json': JSON.stringify({ name: '@x/server', version: '1.0.0', scripts }),
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ${cmd}\n`,
  });
  for (const [name, path] of [
    ['node', 'bin'],
    ['helper', 'bin'],
    ['tool', 'node_modules/.bin'],
  ] as const) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, name), stub, { mode: 0o755 });
  }
  writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\nexec '${process.execPath}' '${npm}' "$@"\n`, {
    mode: 0o755,
  });
  const path = `${folder}/Dockerfile`;
  const project = await openProject(new Workspace(nodeFileSystem), folder, {}, false);
  const [finding] = check(project, rules).findings;
  expect(finding?.ruleId).toBe('package-manager-as-pid-1');
  const [fix] = await fixesOf(project, finding!, rules);
  expect(fix, finding?.message).toBeDefined();
  const text = readFileSync(path, 'utf8');
  const after = applyEdits(text, fix!.edits.get(path)!);
  const before = start(folder, argvOf(text));
  const rewritten = start(folder, argvOf(after));
  expect(rewritten.report, after).toBe(before.report);
  expect({ before: before.isFirst, after: rewritten.isFirst }, after).toEqual({ before: false, after: true });
}

function argvOf(dockerfile: string): readonly string[] {
  const { argv, argument } = parseDockerfile(dockerfile).facts.stages[0]!.cmd!;
  return argv ?? ['/bin/sh', '-c', argument.text];
}

function start(folder: string, [program = '', ...args]: readonly string[]) {
  const report = join(folder, 'report');
  for (const name of [report, `${report}.pid`]) rmSync(name, { force: true });
  const env = { PATH: `${folder}/bin:/usr/bin:/bin`, HOME: folder, REPORT: report, PORT: '3000' };
  const result = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  expect(result.stderr, [program, ...args].join(' ')).toBe('');
  return {
    report: readFileSync(report, 'utf8'),
    isFirst: Number(readFileSync(`${report}.pid`, 'utf8')) === result.pid,
  };
}

describe.skipIf(npm === undefined)('npm, run, and what is written in its place', () => {
  test.each([
    '["npm", "-s", "start"]',
    'npm -s start -- --port $PORT "a  b"',
    '["npm", "run", "-s", "quoted", "--", "it\'s", "$PORT", ""]',
    '["npm", "run", "-s", "http"]',
    '["npm", "run", "-s", "pre", "--", "x"]',
    'helper once && npm run -s list',
    'false || A=1 npm run -s http',
    '["npm", "run", "-s", "nested"]',
    '["npm", "run", "-s", "tool"]',
    '["npm", "-s", "start", "-w", "@x/server"]',
    '["npm", "--prefix", "packages/server", "run", "-s", "list"]',
  ])('CMD %s', { timeout: 30_000 }, (cmd) => sameStart(cmd));
});

test.skipIf(npm !== undefined)('npm was not found, so its starts were not compared', () => {});

describe('calls', () => {
  const call = (text: string) => managerCallOf(text.split(' ').map((value) => ({ value, raw: value })));

  test.each([
    ['npm ci', undefined],
    ['yarn install', undefined],
    ['pnpm install', undefined],
    ['node dist/index.js', undefined],
    ['npm run --silent serve', 'serve'],
    ['npm --loglevel warn run serve', 'serve'],
    ['yarn serve', 'serve'],
    ['yarn --cwd server run serve', 'serve'],
    ['pnpm --filter x serve', 'serve'],
    ['corepack pnpm serve', 'serve'],
    ['node --run=serve', 'serve'],
    ['bun run serve', 'serve'],
  ])('%s', (text, script) => expect(call(text)?.script).toBe(script));

  test.each([
    'npm run --workspaces serve',
    'npm start --port 80 x',
    'pnpm -r serve',
    'nodemon --exec tsx src/index.ts',
    'pm2-runtime dist/index.js -i max',
    'deno task serve',
    'npx --package x y',
  ])('%s: says why it is not followed', (text) => expect(call(text)?.problem).toBeTruthy());
});

test.each([
  ['npm', '10.8.2', 'reaches', 'reaches'],
  ['npm', '10.8.2', 'lost', 'lost'],
  ['npm', '10.2.5', 'reaches', 'lost'],
  ['npm', '9.6.7', 'reaches', 'lost'],
  ['npm', '9.6.6', 'reaches', 'reaches'],
  ['npm', '10.2.6', 'reaches', 'reaches'],
  ['npm', '11.5.2', 'reaches', 'lost'],
  ['npm', '10', 'reaches', 'reaches'],
  ['npm', undefined, 'reaches', 'unknown'],
  ['npm', undefined, 'lost', 'lost'],
  ['yarn', '1.22.22', 'reaches', 'lost'],
  ['yarn', '4.1.0', 'lost', 'reaches'],
  ['yarn', '3.8.0', 'reaches', 'unknown'],
  ['pnpm', '10.1.0', 'reaches', 'lost'],
  ['pnpm', '12.0.0', 'lost', 'reaches'],
  ['pnpm', 'latest', 'reaches', 'unknown'],
  ['npx', undefined, 'reaches', 'lost'],
  ['bun', undefined, 'lost', 'reaches'],
] as const)('%s %s, in a shell where it %s: %s', (manager, version, inShell, fate) => {
  expect(managerFate({ manager, version, inShell, shell: 'unknown' })).toBe(fate);
});
