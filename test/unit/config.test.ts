import { expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { Configs, projectSettings, type SettingsSources } from '../../server/src/engine/config.ts';
import { parseSettings } from '../../server/src/engine/settings.ts';
import { asLine, projectOf, wordRule } from '../support/handMade.ts';

const ruleIds = ['missing-sigterm-handler', 'immediate-exit', 'shell-form-command'];

/** The problems of a text as `the text they stand at: message`. */
function problemsOf(text: string, key?: string): string[] {
  const { problems } = parseSettings(text, ruleIds, key)!;
  return problems.map(({ start, end, message }) => `${text.slice(start, end)}: ${message}`);
}

test('comments, trailing commas and a byte order mark are fine', () => {
  const text =
    '\uFEFF// ours\n{ "rules": { "immediate-exit": "off", }, /* all */ "exclude": ["x"], "dockerfiles": "all" }';
  expect(parseSettings(text, ruleIds)).toEqual({
    settings: { rules: { 'immediate-exit': 'off' }, exclude: ['x'], dockerfiles: 'all' },
    problems: [],
  });
});

test.each([
  ['{ "rule": {} }', '"rule": There is no setting "rule". Did you mean "rules"?'],
  ['{ "color": 1 }', '"color": There is no setting "color".'],
  [
    '{ "rules": { "imediate-exit": "off" } }',
    '"imediate-exit": There is no rule "imediate-exit". Did you mean "immediate-exit"?',
  ],
  [
    '{ "rules": { "immediate-exit": "warn" } }',
    '"warn": "immediate-exit" must be one of "error", "warning", "information", "hint", "off", "default". Did you mean "warning"?',
  ],
  [
    '{ "rules": { "immediate-exit": 2 } }',
    '2: "immediate-exit" must be one of "error", "warning", "information", "hint", "off", "default".',
  ],
  ['{ "rules": ["immediate-exit"] }', '["immediate-exit"]: "rules" must be an object: {...}.'],
  ['{ "exclude": "lib" }', '"lib": "exclude" must be a list of patterns, such as ["examples/**"].'],
  ['{ "exclude": [1] }', '1: A pattern of "exclude" must be a string.'],
  ['{ "exclude": ["!lib"] }', '"!lib": A pattern cannot begin with "!": name what to leave out.'],
  ['{ "exclude": [" "] }', '" ": An empty pattern excludes nothing.'],
  [
    '{ "exclude": ["*a*a*a*a*b"] }',
    '"*a*a*a*a*b": The pattern has more than three "**", or more than three "*" between two slashes.',
  ],
  ['{ "dockerfiles": true }', 'true: "dockerfiles" must be one of "mcp", "all".'],
  ['{ "shutdown": [] }', '[]: "shutdown" must be an object: {...}.'],
  [
    '{ "shutdown": { "bufferMS": 1 } }',
    '"bufferMS": There is no setting "shutdown.bufferMS". Did you mean "bufferMs"?',
  ],
  [
    '{ "shutdown": { "drainTimeoutMs": "30s" } }',
    '"30s": "drainTimeoutMs" must be a whole number of milliseconds from 1000 to 3600000.',
  ],
  [
    '{ "shutdown": { "bufferMs": -1 } }',
    '-1: "bufferMs" must be a whole number of milliseconds from 0 to 600000.',
  ],
  [
    '{ "shutdown": { "drainFunctions": "idle" } }',
    '"idle": "drainFunctions" must be a list of names of functions, such as ["waitForCalls"].',
  ],
  [
    '{ "shutdown": { "closeFunctions": ["pool.end"] } }',
    '"pool.end": A name in "closeFunctions" must be the bare name of a function or method: "waitForCalls".',
  ],
  ['{ "$schema": 1 }', '1: "$schema" must be a string.'],
  ['[]', '[]: The configuration must be an object: {...}.'],
  ['', ': This is not valid JSON: value expected.'],
  ['{ "rules": {} "exclude": [] }', '"exclude": This is not valid JSON: comma expected.'],
])('%s: what is wrong is said, with its place', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('what is right in a file with mistakes counts', () => {
  const text =
    '{ "rules": { "immediate-exit": "off", "nonsense": "off", "shell-form-command": 1 }, "exclude": [1, "x"';
  expect(parseSettings(text, ruleIds).settings).toEqual({
    rules: { 'immediate-exit': 'off' },
    exclude: ['x'],
  });
});

test.each(['[', '{"rules":'])('a hundred thousand times %s is not valid, and no more than that', (text) => {
  expect(problemsOf(text.repeat(100_000)).join()).toMatch(/not valid JSON/);
});

test('a package.json has its settings under "mcpShutdown", and its own syntax is npm’s affair', () => {
  const text = '{ "name": "x", "mcpShutdown": { "rules": { "immediate-exit": "hint" }, "x": 1 }, }}}';
  expect(parseSettings(text, ruleIds, 'mcpShutdown')?.settings).toEqual({
    rules: { 'immediate-exit': 'hint' },
  });
  expect(problemsOf(text, 'mcpShutdown')).toEqual(['"x": There is no setting "x".']);
  expect(parseSettings('{ "name": "mcpShutdown" }', ruleIds, 'mcpShutdown')).toBeUndefined();
});

/** The level of immediate-exit in each file of a project. */
function levels(texts: Record<string, string>, sources: SettingsSources = {}): Record<string, string> {
  const configs = new Configs(projectOf(texts), ruleIds, sources);
  return Object.fromEntries(
    Object.keys(texts)
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [path, configs.for(path).levelOf('immediate-exit')]),
  );
}

const off = '{ "rules": { "immediate-exit": "off" } }';
const hint = '{ "rules": { "immediate-exit": "hint" } }';

test('the nearest config file counts, mcp-shutdown.json before package.json', () => {
  expect(
    levels({
      '/repo/mcp-shutdown.json': off,
      '/repo/a.ts': '',
      '/repo/packages/one/package.json': `{ "mcpShutdown": ${hint} }`,
      '/repo/packages/one/src/b.ts': '',
      '/repo/packages/two/package.json': '{ "name": "two" }',
      '/repo/packages/two/c.ts': '',
      '/repo/packages/three/package.json': `{ "mcpShutdown": ${hint} }`,
      '/repo/packages/three/mcp-shutdown.json': '{ "rules": { "immediate-exit": "error" } }',
      '/repo/packages/three/d.ts': '',
    }),
  ).toEqual({
    '/repo/a.ts': 'off',
    '/repo/packages/one/src/b.ts': 'hint',
    '/repo/packages/two/c.ts': 'off',
    '/repo/packages/three/d.ts': 'error',
  });
});

test('a config file above the workspace folder counts where the project holds it', () => {
  expect(levels({ '/mcp-shutdown.json': off, '/repo/a.ts': '' })).toEqual({ '/repo/a.ts': 'off' });
});

test('the editor’s settings count where the config file says nothing', () => {
  const fallback = { rules: { 'immediate-exit': 'error' as const } };
  const texts = {
    '/repo/a/mcp-shutdown.json': '{ "rules": { "shell-form-command": "off" } }',
    '/repo/a/a.ts': '',
    '/repo/b/mcp-shutdown.json': '{ "rules": { "immediate-exit": "default" } }',
    '/repo/b/b.ts': '',
  };
  expect(levels(texts, { fallback })).toEqual({ '/repo/a/a.ts': 'error', '/repo/b/b.ts': 'default' });
});

test('a config file named on the command line counts instead of all others', () => {
  const override = { settings: { rules: { 'shell-form-command': 'off' as const } }, folder: '/elsewhere' };
  expect(levels({ '/repo/mcp-shutdown.json': off, '/repo/a.ts': '' }, { override })).toEqual({
    '/repo/a.ts': 'default',
  });
});

/** Where findings remain, of one in each file. */
function left(exclude: string[], paths: string[], configPath = '/repo/mcp-shutdown.json'): string[] {
  const texts = Object.fromEntries(paths.map((path) => [path, 'bad();']));
  const project = projectOf({ [configPath]: JSON.stringify({ exclude }), ...texts });
  return check(project, [wordRule('bad-word', 'bad')]).findings.map(
    (finding) => asLine(project, finding).split(':')[0]!,
  );
}

test.each([
  ['examples', ['/repo/examples/deep/a.ts']],
  ['./examples/', ['/repo/examples/deep/a.ts']],
  ['examples/**', ['/repo/examples/deep/a.ts']],
  ['**/*.gen.ts', ['/repo/lib/x.gen.ts']],
  ['{examples,lib}', ['/repo/examples/deep/a.ts', '/repo/lib/x.gen.ts', '/repo/lib/.hidden/c.ts']],
  ['lib/**/*.ts', ['/repo/lib/x.gen.ts', '/repo/lib/.hidden/c.ts']],
  ['exam', []],
])('exclude %s', (pattern, excluded) => {
  const all = ['/repo/examples/deep/a.ts', '/repo/lib/.hidden/c.ts', '/repo/lib/x.gen.ts', '/repo/main.ts'];
  expect(left([pattern], all)).toEqual(all.filter((path) => !excluded.includes(path)));
});

test('patterns are seen from the folder of their config file', () => {
  const paths = ['/repo/lib/a.ts', '/repo/pkg/lib/a.ts'];
  expect(left(['lib'], paths, '/repo/pkg/mcp-shutdown.json')).toEqual(['/repo/lib/a.ts']);
});

test('whether all Dockerfiles are looked at is said by the config file of the workspace folder', () => {
  const all = '{ "dockerfiles": "all" }';
  const isSaid = (texts: Record<string, string>, sources: SettingsSources = {}) =>
    projectSettings(projectOf(texts), sources).allDockerfiles;
  expect(isSaid({ '/repo/mcp-shutdown.json': all })).toBe(true);
  expect(isSaid({ '/repo/lib/mcp-shutdown.json': all })).toBe(false);
  expect(isSaid({}, { fallback: { dockerfiles: 'all' } })).toBe(true);
});

test('what is said of the shutdown counts below the folder of its config file, up to the next one', () => {
  const said = projectSettings(
    projectOf({
      '/repo/mcp-shutdown.json': '{ "shutdown": { "bufferMs": 2000 } }',
      '/repo/lib/mcp-shutdown.json': '{ "shutdown": { "bufferMs": 3000 } }',
      '/repo/lib/own/mcp-shutdown.json': '{}',
    }),
    { fallback: { shutdown: { drainTimeoutMs: 9_000 } } },
  ).shutdown;
  expect([...said]).toEqual([
    ['/repo', { bufferMs: 2_000, drainTimeoutMs: 9_000 }],
    ['/repo/lib', { bufferMs: 3_000, drainTimeoutMs: 9_000 }],
    ['/repo/lib/own', { drainTimeoutMs: 9_000 }],
  ]);
});

test('what is said of the shutdown: the config file before the editor, key by key', () => {
  const file = {
    '/repo/mcp-shutdown.json': '{ "shutdown": { "bufferMs": 2000, "drainFunctions": ["idle"] } }',
  };
  const fallback = { shutdown: { bufferMs: 1_000, drainTimeoutMs: 9_000 } };
  expect(projectSettings(projectOf(file), { fallback }).shutdown.get('/repo')).toEqual({
    bufferMs: 2_000,
    drainTimeoutMs: 9_000,
    drainFunctions: ['idle'],
  });
});
