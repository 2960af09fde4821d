import { mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Rule } from '../../server/src/engine/types.ts';
import { runCli } from '../support/cli.ts';
import { replacing, wordRule } from '../support/handMade.ts';
import { tempFolder } from '../support/tempFolder.ts';

const bad = replacing('bad', 'good');
const note = wordRule('note-word', 'note', { severity: 'information' });
const rules = [bad, note];

/** Only the files of a package that depends on an MCP SDK are read. */
const manifest = '{ "name": "one", "dependencies": { "@modelcontextprotocol/sdk": "^1" } }\n';
const files = {
  'package.json': manifest,
  'src/a.ts': 'bad(1);\n',
  'src/b.ts': 'note(2);\n',
};

test('what is found is printed, and the exit code is 1', async () => {
  const { code, output, errors } = await runCli(tempFolder(files), ['check'], rules);
  expect({ code, errors }).toEqual({ code: 1, errors: '' });
  expect(output).toBe(
    [
      'src/a.ts:1:1  warning  bad  bad-word',
      '  1 | bad(1);',
      '    | ^^^',
      '',
      'src/b.ts:1:1  information  note  note-word',
      '  1 | note(2);',
      '    | ^^^^',
      '',
      '2 problems in 2 files (1 warning, 1 information); 1 can be fixed with --fix',
      '',
    ].join('\n'),
  );
});

test.each([
  [[], 1],
  [['--fail-on', 'error'], 0],
  [['--fail-on', 'information', '--rule', 'note-word'], 1],
  [['--rule', 'note-word'], 0],
  [['src/b.ts'], 0],
  [['src/b.ts', 'src/a.ts'], 1],
])('check %j exits with %i', async (argv, expected) => {
  expect((await runCli(tempFolder(files), ['check', ...argv], rules)).code).toBe(expected);
});

test.each([
  [[], 0, 0],
  [['--hints'], 1, 0],
  [['--fail-on', 'hint'], 1, 1],
])('hints are reported only when asked for: check %j', async (argv, expectedHints, expectedCode) => {
  const hint = wordRule('hint-word', 'note', { severity: 'hint' });
  const { output, code } = await runCli(tempFolder(files), ['check', '--format', 'json', ...argv], [hint]);
  expect(JSON.parse(output).findings).toHaveLength(expectedHints);
  expect(code).toBe(expectedCode);
});

test('only findings of what was named are printed, though all of the project is read', async () => {
  const folder = tempFolder({
    'package.json': manifest,
    'one/a.ts': 'bad();',
    'two/b.ts': 'bad();',
    'three/c.ts': 'bad();',
  });
  const { output } = await runCli(folder, ['check', 'one', 'two/b.ts', '--quiet'], rules);
  expect(output.match(/^\S+:\d+:\d+/gm)).toEqual(['one/a.ts:1:1', 'two/b.ts:1:1']);
});

test('a path that is named twice, or lies in another one, is checked once', async () => {
  const { output } = await runCli(tempFolder(files), ['check', 'src', '.', './src/a.ts', 'src'], rules);
  expect(output.match(/^\S+:\d+:\d+/gm)).toEqual(['src/a.ts:1:1', 'src/b.ts:1:1']);
});

test('the project of a file is its repository: its config file counts', async () => {
  const folder = tempFolder({
    'repo/mcp-shutdown.json': '{ "rules": { "bad-word": "error" }, }',
    'repo/packages/one/package.json': manifest,
    'repo/packages/one/a.ts': 'bad();',
  });
  mkdirSync(`${folder}/repo/.git`);
  expect((await runCli(`${folder}/repo/packages/one`, ['check', '--quiet'], rules)).output).toMatch(
    / error {2}bad/,
  );
});

test('without a repository the project is the workspace that declares itself, else the package', async () => {
  const folder = tempFolder({
    'package.json': '{ "name": "stray" }',
    'mcp-shutdown.json': '{ "rules": { "bad-word": "off" } }',
    'monorepo/package.json': '{ "workspaces": ["packages/*"] }',
    'monorepo/mcp-shutdown.json': '{ "rules": { "bad-word": "error" } }',
    'monorepo/packages/one/package.json': manifest,
    'monorepo/packages/one/a.ts': 'bad();',
    'alone/package.json': manifest,
    'alone/a.ts': 'bad();',
  });
  expect((await runCli(`${folder}/monorepo/packages/one`, ['check', '--quiet'], rules)).output).toMatch(
    / error {2}bad/,
  );
  expect((await runCli(`${folder}/alone`, ['check', '--quiet'], rules)).output).toMatch(/ warning {2}bad/);
});

test('--fix writes the safe fixes, byte for byte elsewhere, and says what remains', async () => {
  const folder = tempFolder({ 'package.json': manifest, 'a.ts': '\uFEFFnote(1);\r\n\tbad(2); bad(3);\r\n' });
  const { code, output } = await runCli(folder, ['check', '--fix'], rules);
  expect(readFileSync(`${folder}/a.ts`, 'utf8')).toBe('\uFEFFnote(1);\r\n\tgood(2); good(3);\r\n');
  expect(code).toBe(0);
  expect(output).toMatch(
    /^a\.ts:1:1 {2}information {2}note[\s\S]*\n\nFixed 2 problems\. 1 problem in 1 file \(1 information\)\n$/,
  );
});

test('--unsafe-fixes applies the other preferred fixes too, and goes with --fix only', async () => {
  const folder = tempFolder(files);
  const careful = [replacing('bad', 'good'), replacing('note', 'said', 0, { isSafe: false })];
  const offered = await runCli(folder, ['check'], careful);
  expect(offered.output).toMatch(/; 1 can be fixed with --fix, 1 more with --fix --unsafe-fixes\n$/);
  await runCli(folder, ['check', '--fix'], careful);
  expect(readFileSync(`${folder}/src/b.ts`, 'utf8')).toBe('note(2);\n');
  const { code, output } = await runCli(folder, ['check', '--fix', '--unsafe-fixes'], careful);
  expect(readFileSync(`${folder}/src/b.ts`, 'utf8')).toBe('said(2);\n');
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/^Fixed 1 problem\. No problems/),
  });
  const alone = await runCli(folder, ['check', '--unsafe-fixes'], careful);
  expect(alone).toMatchObject({ code: 2, errors: 'mcp-shutdown: --unsafe-fixes goes with --fix.\n' });
});

test('--fix goes on while one fix makes another possible, and ends when two undo each other', async () => {
  const turning = [replacing('one', 'two'), replacing('two', 'one')];
  const folder = tempFolder({ 'package.json': manifest, 'a.ts': 'one();' });
  const { output } = await runCli(folder, ['check', '--fix'], turning);
  expect(output).toMatch(/Fixed 10 problems\. 1 problem/);
});

test('a file that changed while it was checked is left alone, with a message and exit code 2', async () => {
  const folder = tempFolder(files);
  const saveText = async (path: string) => {
    throw new Error(`${path} was left as it is: it changed meanwhile`);
  };
  const { code, errors } = await runCli(folder, ['check', '--fix'], rules, { saveText });
  expect({ code, errors }).toEqual({
    code: 2,
    errors: `mcp-shutdown: ${folder}/src/a.ts was left as it is: it changed meanwhile\n`,
  });
});

test('--config counts instead of the project’s own config file', async () => {
  const folder = tempFolder({
    ...files,
    'mcp-shutdown.json': '{ "rules": { "bad-word": "off" } }',
    'ci/strict.json': '{ "rules": { "bad-word": "error" }, "exclude": ["src/b.ts"] }',
  });
  const { output } = await runCli(folder, ['check', '--config', 'ci/strict.json', '--quiet'], rules);
  expect(output).toBe('src/a.ts:1:1  error  bad  bad-word\n  1 | bad(1);\n    | ^^^\n\n');
});

test.each([
  ['there is no command', [], 'There is no command. See "mcp-shutdown --help".'],
  ['of an unknown command', ['chek'], 'There is no command "chek". Did you mean "check"?'],
  [
    'of an unknown option',
    ['check', '--fixx'],
    'There is no option "--fixx". Did you mean "--fix"? See "mcp-shutdown --help".',
  ],
  [
    'of an option with a value too many',
    ['check', '--fix=x'],
    '--fix takes no value. See "mcp-shutdown --help".',
  ],
  [
    'of a value that looks like an option',
    ['check', '--rule', '--fix'],
    '--rule needs a value. See "mcp-shutdown --help".',
  ],
  ['an option lacks its value', ['check', '--rule'], '--rule needs a value. See "mcp-shutdown --help".'],
  [
    'of an unknown format',
    ['check', '--format', 'xml'],
    '--format must be one of text, json, sarif, not "xml".',
  ],
  [
    'of an unknown level',
    ['check', '--fail-on', 'warn'],
    '--fail-on must be one of error, warning, information, hint, not "warn".',
  ],
  [
    'of an unknown rule',
    ['check', '--rule', 'bad-wrod'],
    'There is no rule "bad-wrod". Did you mean "bad-word"?',
  ],
  ['a path does not exist', ['check', 'src', 'none'], 'There is no file or folder "none".'],
  [
    'the config file does not exist',
    ['check', '--config', 'none.json'],
    'The config file "none.json" cannot be read.',
  ],
  [
    'the config file has a mistake',
    ['check', '--config', 'bad.json'],
    'bad.json:2:3: There is no setting "rule". Did you mean "rules"?',
  ],
])('exit code 2 and a message when %s', async (_, argv, message) => {
  const folder = tempFolder({ ...files, 'bad.json': '{\n  "rule": {}\n}' });
  expect(await runCli(folder, argv, rules)).toEqual({
    code: 2,
    output: '',
    errors: `mcp-shutdown: ${message}\n`,
  });
});

test('a rule that throws is named, what the others found is printed, and the exit code is 2', async () => {
  const broken: Rule = {
    ...bad,
    id: 'broken-rule',
    check() {
      throw new Error('no such thing');
    },
  };
  const { code, output, errors } = await runCli(tempFolder(files), ['check'], [broken, bad]);
  expect(code).toBe(2);
  expect(output).toMatch(/^src\/a\.ts:1:1 {2}warning {2}bad/);
  expect(errors).toMatch(/^mcp-shutdown: the rule broken-rule failed: Error: no such thing\n/);
});

test('a file system that breaks is a message and exit code 2, not a crash', async () => {
  const fileSystem = {
    readText: () => Promise.reject(new Error('the disk is gone')),
    readDirectory: () => Promise.reject(new Error('the disk is gone')),
    stat: () => Promise.reject(new Error('the disk is gone')),
    realPath: () => Promise.reject(new Error('the disk is gone')),
  };
  const { code, errors } = await runCli(tempFolder(files), ['check'], rules, { fileSystem });
  expect(code).toBe(2);
  expect(errors).toMatch(/^mcp-shutdown: something went wrong that should not:\nError: the disk is gone\n/);
});

test('a named file that is not looked at is said to be so', async () => {
  const folder = tempFolder({ ...files, 'notes.md': '# bad()' });
  const { code, errors } = await runCli(folder, ['check', 'notes.md'], rules);
  expect(code).toBe(0);
  expect(errors).toContain('notes.md is of no kind that is checked');
});

test('where nothing is wrong it is said what was looked at', async () => {
  const folder = tempFolder({ 'package.json': manifest, 'a.ts': 'fine();' });
  expect(await runCli(folder, ['check'], rules)).toEqual({
    code: 0,
    output: 'No problems found: there is no MCP server here.\n',
    errors: '',
  });
  expect((await runCli(folder, ['check', '--quiet'], rules)).output).toBe('');
});

test('--help and --version', async () => {
  const folder = tempFolder();
  expect(await runCli(folder, ['check', '--version'])).toEqual({ code: 0, output: '1.2.3\n', errors: '' });
  const { code, output } = await runCli(folder, ['--help']);
  expect(code).toBe(0);
  for (const option of ['--fix', '--rule', '--fail-on', '--format', '--config', '--quiet', '--no-color']) {
    expect(output).toContain(option);
  }
});
