import { describe, expect, test } from 'vitest';
import {
  defaultBufferMs,
  defaultDrainMs,
  graceBudgets,
  signalName,
} from '../../server/src/project/deployments/budgets.ts';
import { inSeconds, parseDuration, parseSeconds } from '../../server/src/project/deployments/durations.ts';
import { interpolate, parseEnvFile } from '../../server/src/project/deployments/variables.ts';
import type { Project } from '../../server/src/project/project.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';

const server = `import { createServer } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
createServer((req, res) => new StreamableHTTPServerTransport({}).handleRequest(req, res)).listen(3000);
let calls = 0;
process.on('SIGTERM', async () => {
  const end = Date.now() + Number(process.env.DRAIN_TIMEOUT_MS ?? 20_000);
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  process.exit(0);
});
`;
const image = 'FROM node:22-slim\nCMD ["node", "index.ts"]\n';

async function projectOf(files: Record<string, string>): Promise<Project> {
  const all = {
    'package.json':
      '{ "name": "notes", "main": "index.ts", "dependencies": { "@modelcontextprotocol/sdk": "1" } }',
    'index.ts': server,
    Dockerfile: image,
    ...files,
  };
  const fs = new MemoryFileSystem(
    Object.fromEntries(Object.entries(all).map(([name, text]) => [`/w/${name}`, text])),
  );
  const workspace = new Workspace(fs);
  workspace.configure(['/w'], {});
  return workspace.snapshot();
}

/** Each deployment of a server: platform, name, period, drain. */
async function budgetsOf(files: Record<string, string>): Promise<string[]> {
  const project = await projectOf(files);
  return graceBudgets(project).map(
    ({ deployment, period, drain, signal }) =>
      `${deployment.platform} ${deployment.name} ${period.ms} ${drain?.ms} ${signal.name}`,
  );
}

describe('durations', () => {
  test.each([
    ['10s', 10_000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['1.5s', 1_500],
    ['500ms', 500],
    ['30', undefined],
    ['', undefined],
    ['s', undefined],
    ['10 s', undefined],
    ['10x', undefined],
    ['-5s', undefined],
    ['99999999h', undefined],
  ])('%j', (text, ms) => expect(parseDuration(text)).toBe(ms));

  test.each([
    ['30', 30_000],
    [' 2.5 ', 2_500],
    ['0', 0],
    ['30s', undefined],
    ['', undefined],
    ['1e9', undefined],
    ['99999999999', undefined],
  ])('%j seconds', (text, ms) => expect(parseSeconds(text)).toBe(ms));

  test.each([
    [30_000, '30 s'],
    [2_500, '2.5 s'],
    [300, '300 ms'],
    [0, '0 s'],
  ])('%d ms in a sentence', (ms, text) => expect(inSeconds(ms)).toBe(text));
});

describe('variables of compose files', () => {
  const known = new Map([
    ['A', 'one'],
    ['EMPTY', ''],
  ]);
  test.each([
    ['plain', 'plain'],
    ['#A and #{A}', 'one and one'],
    ['##A', '#A'],
    ['#{B:-two}', 'two'],
    ['#{B-two}', 'two'],
    ['#{EMPTY:-two}', 'two'],
    ['#{EMPTY-two}', ''],
    ['#{B:-#{A}}', 'one'],
    ['#B', undefined],
    ['#{B:?must be set}', undefined],
    ['#{A:?must be set}', 'one'],
    ['#{B:-#{C}}', undefined],
  ])('%s (with $ for #)', (text, filled) => {
    expect(interpolate(text.replaceAll('#', '$'), known)).toBe(filled?.replaceAll('#', '$'));
  });

  test('an env file', () => {
    const text = '# no\nA=1\nexport B="two words" # c\nC=\'x\'\nD=plain # comment\nbroken line\n';
    expect([...parseEnvFile(text)]).toEqual([
      ['A', '1'],
      ['B', 'two words'],
      ['C', 'x'],
      ['D', 'plain'],
    ]);
  });
});

test.each([
  ['SIGTERM', 'SIGTERM'],
  ['term', 'SIGTERM'],
  ['15', 'SIGTERM'],
  ['2', 'SIGINT'],
])('the signal %s', (text, name) => expect(signalName(text)).toBe(name));

describe('what a deployment runs', () => {
  test('a build context, with another Dockerfile and a stage', async () => {
    const files = {
      'images/web.dockerfile': `${image.replace('node:22-slim', 'node:22-slim AS web')}ENV DRAIN_TIMEOUT_MS=7000\nFROM nginx AS proxy\n`,
      'compose.yaml': `services:
  web: {build: {context: ., dockerfile: images/web.dockerfile, target: web}}
  proxy: {build: {context: ., dockerfile: images/web.dockerfile}}
`,
    };
    expect(await budgetsOf(files)).toEqual(['compose web 10000 7000 SIGTERM']);
  });

  test('an image that a CI workflow builds', async () => {
    const files = {
      '.github/workflows/publish.yml': `jobs:
  publish:
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: .
          tags: |
            ghcr.io/acme/other-name:latest
`,
      'k8s.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: "ghcr.io/acme/other-name:1"}]}\n',
    };
    expect(await budgetsOf(files)).toEqual(['kubernetes a 30000 20000 SIGTERM']);
  });

  test('an image that is called like the workspace, only where one Dockerfile can be meant', async () => {
    const compose = 'services:\n  a: {image: "registry.example/acme/notes:1"}\n';
    expect(await budgetsOf({ 'compose.yaml': compose })).toEqual(['compose a 10000 20000 SIGTERM']);
    const two = { 'compose.yaml': compose, 'a.dockerfile': image, 'b.dockerfile': image };
    const found = await budgetsOf({ ...two, Dockerfile: 'FROM scratch\n' });
    expect(found.filter((line) => line.startsWith('compose'))).toEqual([]);
  });

  test('an environment from a ConfigMap, from the image, from the deployment', async () => {
    const pod = (env: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - image: notes\n${env}`;
    const map =
      '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {DRAIN_TIMEOUT_MS: "9000"}\n';
    const from = '      envFrom: [{configMapRef: {name: c}}]\n';
    expect(await budgetsOf({ 'a.yaml': pod(from) + map })).toEqual(['kubernetes a 30000 9000 SIGTERM']);
    const key =
      '      env: [{name: DRAIN_TIMEOUT_MS, valueFrom: {configMapKeyRef: {name: c, key: DRAIN_TIMEOUT_MS}}}]\n';
    expect(await budgetsOf({ 'a.yaml': pod(key) + map })).toEqual(['kubernetes a 30000 9000 SIGTERM']);
    const own = `${from}      env: [{name: DRAIN_TIMEOUT_MS, value: "8000"}]\n`;
    expect(await budgetsOf({ 'a.yaml': pod(own) + map })).toEqual(['kubernetes a 30000 8000 SIGTERM']);
  });

  test('a fly app: its own signal and period, and a process group of its own', async () => {
    const toml =
      'app = "n"\nkill_signal = "SIGTERM"\nkill_timeout = "1m"\n[processes]\nweb = "node index.ts"\njobs = "node jobs.js"\n';
    expect(await budgetsOf({ 'fly.toml': toml })).toEqual(['fly n/web 60000 20000 SIGTERM']);
  });

  test('a fly app whose Dockerfile the deploy names', async () => {
    const files = {
      Dockerfile: 'FROM scratch\n',
      'deploy/web.dockerfile': image,
      'fly.toml': 'app = "n"\nkill_signal = "SIGTERM"\n',
      'other/fly.toml': 'app = "o"\n',
    };
    const deploy = (...commands: string[]) => ({
      ...files,
      '.github/workflows/deploy.yml': `jobs:\n  deploy:\n    steps:\n${commands.map((each) => `      - run: ${each}\n`).join('')}`,
    });
    const linked = ['fly n 5000 20000 SIGTERM'];
    expect(await budgetsOf(files)).not.toEqual(linked);
    expect(await budgetsOf(deploy('flyctl deploy --remote-only --dockerfile deploy/web.dockerfile'))).toEqual(
      linked,
    );
    expect(await budgetsOf(deploy('fly deploy . -c fly.toml --dockerfile=deploy/web.dockerfile'))).toEqual(
      linked,
    );
    const two = deploy('fly deploy --dockerfile deploy/web.dockerfile', 'fly deploy --dockerfile Dockerfile');
    expect((await budgetsOf(two)).filter((line) => line.startsWith('fly'))).toEqual([]);
  });

  test('docker run with an env file; what stands on the command line counts before it', async () => {
    const files = { 'prod.env': 'DRAIN_TIMEOUT_MS=7000\n' };
    const run = (more: string) => ({
      ...files,
      'scripts/run.sh': `docker run -d ${more} --env-file prod.env acme/notes\n`,
    });
    expect(await budgetsOf(run(''))).toEqual(['docker-run acme/notes 10000 7000 SIGTERM']);
    expect(await budgetsOf(run('-e DRAIN_TIMEOUT_MS=8000'))).toEqual([
      'docker-run acme/notes 10000 8000 SIGTERM',
    ]);
  });

  test('plain Docker, where nothing else is said', async () => {
    expect(await budgetsOf({})).toEqual(['docker w 10000 20000 SIGTERM']);
    const unclear =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: "{{ image }}"}]}\n';
    expect(await budgetsOf({ 'k8s.yaml': unclear })).toEqual([]);
  });
});

describe('the drain timeout of a new handler', () => {
  const drainOf = async (files: Record<string, string>) => {
    const project = await projectOf(files);
    return defaultDrainMs(project, project.servers[0]!);
  };

  test('fits into the shortest period, with preStop and buffer', async () => {
    const pod = (grace: number) => `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  terminationGracePeriodSeconds: ${grace}
  containers:
    - image: notes
      lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 3 && true"]}}}
`;
    expect(await drainOf({ 'a.yaml': pod(60) })).toBe(60_000 - 3_000 - defaultBufferMs);
    expect(await drainOf({ 'a.yaml': pod(60), 'b/compose.yaml': 'services: {a: {build: ..}}\n' })).toBe(
      5_000,
    );
    expect(await drainOf({ 'a.yaml': pod(5) })).toBe(1_000);
  });

  test('is 5 s where no period is known', async () => {
    expect(await drainOf({})).toBe(5_000);
    const unknown = 'services:\n  a:\n    build: .\n    stop_grace_period: $GRACE\n';
    expect(await drainOf({ 'compose.yaml': unknown })).toBe(5_000);
  });
});
