import { expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';

const files = {
  '/w/package.json': JSON.stringify({
    name: 'notes',
    scripts: { start: 'node index.ts', odd: "node index.ts 'a  b' $PORT", priced: 'node index.ts a$$' },
    dependencies: { '@modelcontextprotocol/sdk': '1' },
  }),
  '/w/index.ts': `import { createServer } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
createServer((req, res) => new StreamableHTTPServerTransport({}).handleRequest(req, res)).listen(3000);
`,
  '/w/Dockerfile': 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "index.ts"]\n',
};

/** A deployment file with the fix for each package manager in it; `undefined` where none is offered. */
async function fixed(path: string, text: string): Promise<string | undefined> {
  const workspace = new Workspace(new MemoryFileSystem({ ...files, [path]: text }));
  workspace.configure(['/w'], {});
  const project = await workspace.snapshot();
  const found = check(project, rules).findings.filter(({ ruleId }) => ruleId === 'package-manager-as-pid-1');
  expect(found.map((finding) => finding.path)).toEqual([path]);
  const [fix] = await fixesOf(project, found[0]!, rules);
  return fix && applyEdits(text, fix.edits.get(path) ?? []);
}

const service = (command: string) => `services:\n  a:\n    build: .\n    ${command}\n    restart: always\n`;

test.each([
  ['command: npm start  # why', 'command: node index.ts  # why'],
  ["command: 'npm start'", "command: 'node index.ts'"],
  ['"command": "npm start"', '"command": "node index.ts"'],
  ['command: &c npm start', 'command: &c node index.ts'],
  ['command: [npm, start]', 'command: [node, index.ts]'],
  ['command: [ "npm" , "start" ] # x', 'command: [ "node" , "index.ts" ] # x'],
  ['command: ["npm", "run", "start"]', 'command: ["node", "index.ts"]'],
  ['command: [npm,\n      start]', 'command: [node,\n      index.ts]'],
  [
    'command:\n    # first\n    - npm # its name\n    - start',
    'command:\n    # first\n    - node # its name\n    - index.ts',
  ],
  ['command: npm run odd', 'command: ["sh", "-c", "exec node index.ts \'a  b\' $$PORT"]'],
  ['command: [npm, run, odd]', 'command: [sh, "-c", "exec node index.ts \'a  b\' $$PORT"]'],
  ['entrypoint: npm\n    command: start', 'entrypoint: node\n    command: index.ts'],
])('compose: %s', async (before, after) => {
  expect(await fixed('/w/compose.yaml', service(before))).toBe(service(after));
});

test.each([
  'command: >\n      npm\n      start',
  'command: ["npm", # its name\n      "run", "start"]',
  'command: npm run $' + '{SCRIPT:-start}',
])('compose, where a rewrite might lose something: %s', async (command) => {
  expect(await fixed('/w/compose.yaml', service(command))).toBeUndefined();
});

test('line endings and a byte order mark stay', async () => {
  const text = `\uFEFF${service('command:\n      - npm\n      - run\n      - start')}`.replaceAll(
    '\n',
    '\r\n',
  );
  const after = `\uFEFF${service('command:\n      - node\n      - index.ts')}`.replaceAll('\n', '\r\n');
  expect(await fixed('/w/compose.yaml', text)).toBe(after);
});

const pod = (lines: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - image: notes:1\n      ${lines}\n`;

test.each([
  ['args: ["npm", "start"]', 'args: ["node", "index.ts"]'],
  ['command: [npm]\n      args: [start]', 'command: [node]\n      args: [index.ts]'],
  ['command: [npm, start]', 'command: [node, index.ts]'],
])('Kubernetes: %s', async (before, after) => {
  expect(await fixed('/w/pod.yaml', pod(before))).toBe(pod(after));
});
