import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
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
const base = {
  '/w/package.json':
    '{ "name": "notes", "main": "index.ts", "dependencies": { "@modelcontextprotocol/sdk": "1" } }',
  '/w/index.ts': server,
  '/w/Dockerfile': 'FROM node:22-slim\nCMD ["node", "index.ts"]\n',
};

/** How many findings of this rule there are; every fix of the first one can be computed and applied. */
async function found(files: Record<string, string>, ruleId = 'grace-period-too-short'): Promise<number> {
  const workspace = new Workspace(new MemoryFileSystem({ ...base, ...files }));
  workspace.configure(['/w'], {});
  const project = await workspace.snapshot();
  const { findings, failures } = check(project, rules);
  expect(failures).toEqual([]);
  const own = findings.filter((finding) => finding.ruleId === ruleId);
  for (const finding of own.slice(0, 1)) {
    for (const { edits } of await fixesOf(project, finding, rules)) {
      for (const [path, changes] of edits) applyEdits(project.files.get(path)?.text ?? '', changes);
    }
  }
  return own.length;
}

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

describe('hostile deployment files', () => {
  test.each([
    ['nesting', `services:\n  a:\n    build: ${'{a: '.repeat(50_000)}`],
    ['lists in lists', `services: ${'['.repeat(100_000)}`],
    ['keys without end', `services:\n  ${'? '.repeat(50_000)}`],
    ['aliases of themselves', 'services: &s\n  a: *s\n  <<: *s\n  b: {build: ., <<: [*s, *s]}\n'],
    ['services that extend each other', 'services:\n  a: {extends: b}\n  b: {extends: {service: a}}\n'],
    ['another shape', 'services: [a, {b: c}]\nkind: {a: 1}\napiVersion: []\n'],
    ['control characters', 'services:\n  a:\n    build: "\u0000\u0001"\n'],
    ['braces of templates', `services:\n  a: ${'{{'.repeat(100_000)}\n`],
  ])('%s', async (_name, text) => {
    expect(
      await found({ '/w/compose.yaml': text, '/w/k8s.yaml': text, '/w/render.yaml': text }),
    ).toBeLessThan(4);
  });

  const head = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nx: {{ .Values.x }}\n';
  test.each([
    ['nesting', `${head}spec: ${'{a: '.repeat(50_000)}`],
    [
      'aliases that repeat each other',
      `${head}a0: &a0 {b: {{ .Values.x }}}\n${lines(40, (n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`)}\n`,
    ],
    ['an alias of itself', `${head}spec: &s {a: *s, b: [*s, *s]}\n`],
    ['braces', head + 'y: {{ "'.repeat(40_000)],
    ['actions without end', `${head}${lines(10_000, (n) => `k${n}: {{ .Values.a.b.c | quote }}`)}\n`],
    ['filters without end', `${head}y: {{ .Values.x ${'| quote '.repeat(30_000)}+ }}\n`],
  ])('%s in the template of a chart', async (_name, text) => {
    const chart = { '/w/c/Chart.yaml': 'name: c\n', '/w/c/values.yaml': 'x: &x [*x]\n' };
    expect(await found({ ...chart, '/w/c/templates/a.yaml': text })).toBeLessThan(4);
  });

  test('thousands of services, containers and documents', async () => {
    const compose = `services:\n${lines(5_000, (n) => `  s${n}: {build: ., <<: {restart: always}}`)}\n`;
    const pods = lines(
      5_000,
      (n) => `---\napiVersion: v1\nkind: Pod\nmetadata: {name: p${n}}\nspec: {containers: [{image: notes}]}`,
    );
    const services = lines(2_000, () => '---\napiVersion: v1\nkind: Service\nspec: {selector: {a: b}}');
    const scripts = lines(2_000, (n) => `docker run -d --name c${n} notes && docker stop -t 1 c${n}`);
    const files = {
      '/w/compose.yaml': compose,
      '/w/p.yaml': pods.slice(0, 290_000),
      '/w/s.yaml': services,
      '/w/run.bash': scripts,
    };
    expect(await found(files)).toBeGreaterThan(100);
  });

  test('every prefix of the files that people type is read', async () => {
    const compose =
      'services:\n  a: &a\n    build: {context: ., target: "x"}\n    stop_grace_period: $G # c\n    environment: [A=1, {B: 2}]\n';
    const fly =
      'app = "x"\nkill_timeout = "5s"\n[[services]]\nports = [{a = 1}]\n[processes]\nweb = "node index.ts"\n';
    for (let end = 0; end < compose.length; end += 3) {
      await found({ '/w/compose.yaml': compose.slice(0, end), '/w/fly.toml': fly.slice(0, end) });
    }
  });
});
