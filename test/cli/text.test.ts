import { expect, test } from 'vitest';
import { type CheckReport, shortPath } from '../../server/src/cli/report.ts';
import { textReport } from '../../server/src/cli/reporters/text.ts';
import { painter, wantsColor } from '../../server/src/cli/terminal.ts';
import { replacing, wordRule } from '../support/handMade.ts';
import { reportOf } from '../support/report.ts';

const plain = { paint: painter(false), columns: undefined, quiet: true };

/** The source line and the marks below it, of the one finding in a text. */
async function excerpt(text: string, columns?: number): Promise<string[]> {
  const report = await reportOf({ '/repo/a.ts': text }, [wordRule('bad-word', 'bad')]);
  const lines = textReport(report, { ...plain, columns }).split('\n');
  return lines.slice(1, 3).map((line) => line.replace(/^ *\d* \| /, ''));
}

test.each([
  ['plain text', 'x = bad();', ['x = bad();', '    ^^^']],
  ['behind a tab', '\tbad();', ['    bad();', '    ^^^']],
  ['behind a tab in mid column', 'ab\tbad();', ['ab  bad();', '    ^^^']],
  ['behind wide characters', "'漢字👍🏽' + bad()", ["'漢字👍🏽' + bad()", '           ^^^']],
  ['behind combining marks', "'e\u0301' + bad()", ["'e\u0301' + bad()", '      ^^^']],
  ['behind a byte order mark', '\uFEFFbad();', ['bad();', '^^^']],
  [
    'behind what would steer the terminal',
    "'\u001B[2J\u202E' + bad()",
    ["'\uFFFD[2J\uFFFD' + bad()", '          ^^^'],
  ],
])('the carets stand below the word %s', async (_, text, expected) => {
  expect(await excerpt(text)).toEqual(expected);
});

test('of a long line the part around the word is shown', async () => {
  const text = `${'a'.repeat(1_000_000)} + bad() + ${'b'.repeat(1_000_000)}`;
  expect(await excerpt(text, 50)).toEqual([
    `…${'a'.repeat(17)} + bad() + bbbbbbbbbbbbbbbb…`,
    `${' '.repeat(21)}^^^`,
  ]);
});

test('a range of several lines is marked to the end of the first; an empty one has one caret', async () => {
  const ranges = wordRule('bad-word', 'bad', {
    check({ report }) {
      report({ path: '/repo/a.ts', range: { start: 2, end: 12 }, message: 'lines' });
      report({ path: '/repo/a.ts', range: { start: 14, end: 14 }, message: 'nothing' });
    },
  });
  expect(textReport(await reportOf({ '/repo/a.ts': 'a(one,  \n  two);' }, [ranges]), plain)).toBe(
    [
      'a.ts:1:3  warning  lines  bad-word',
      '  1 | a(one,',
      '    |   ^^^^',
      '',
      'a.ts:2:6  warning  nothing  bad-word',
      '  2 |   two);',
      '    |      ^',
      '',
      '',
    ].join('\n'),
  );
});

test('related places follow, seen from the current folder', async () => {
  const related = [{ path: '/repo/lib/b.ts', range: { start: 4, end: 5 }, message: 'made here' }];
  const texts = { '/repo/src/a.ts': 'bad();', '/repo/lib/b.ts': 'one\ntwo' };
  const report = await reportOf(texts, [wordRule('bad-word', 'bad', { report: { related } })], {
    cwd: '/repo/src',
  });
  expect(textReport(report, plain)).toBe(
    'a.ts:1:1  warning  bad  bad-word\n  1 | bad();\n    | ^^^\n    ../lib/b.ts:2  made here\n\n',
  );
});

test('a file name that would steer the terminal is shown without that', async () => {
  const report = await reportOf({ '/repo/\u001B[2Ja\n.ts': 'bad();' }, [wordRule('bad-word', 'bad')]);
  expect(textReport(report, plain)).toMatch(/^\uFFFD\[2Ja\uFFFD\.ts:1:1 {2}/);
});

/** The last line of a report. */
async function summary(text: string, changed: Partial<CheckReport> = {}): Promise<string | undefined> {
  const rules = [
    replacing('bad', 'good'),
    wordRule('worse-word', 'worse', { severity: 'error' }),
    wordRule('note-word', 'note', { severity: 'information' }),
  ];
  const report = await reportOf({ '/repo/a.ts': text, '/repo/b.ts': text }, rules, changed);
  return textReport(report, { ...plain, quiet: false })
    .trimEnd()
    .split('\n')
    .at(-1);
}

test.each([
  ['bad()', {}, '2 problems in 2 files (2 warnings); 2 can be fixed with --fix'],
  [
    'worse(bad(note()))',
    {},
    '6 problems in 2 files (2 errors, 2 warnings, 2 information); 2 can be fixed with --fix',
  ],
  ['note()', { fixed: 1 }, 'Fixed 1 problem. 2 problems in 2 files (2 information)'],
  ['', { servers: 1, dockerfiles: 2 }, 'No problems in 1 MCP server and 2 Dockerfiles.'],
  ['', { fixed: 2, servers: 2 }, 'Fixed 2 problems. No problems in 2 MCP servers.'],
])('%s: the summary counts', async (text, changed, expected) => {
  expect(await summary(text, changed)).toBe(expected);
});

test('colours mark severity, place and rule, and change nothing else', async () => {
  const report = await reportOf({ '/repo/a.ts': 'bad();' }, [wordRule('bad-word', 'bad')]);
  const colored = textReport(report, { ...plain, paint: painter(true) });
  expect(colored).toContain('\u001B[33mwarning\u001B[39m');
  expect(colored).toContain('\u001B[33m^^^\u001B[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colours are made of
  expect(colored.replace(/\u001B\[\d+m/g, '')).toBe(textReport(report, plain));
});

test.each([
  [undefined, {}, true, true],
  [undefined, {}, false, false],
  [undefined, { NO_COLOR: '1' }, true, false],
  [undefined, { NO_COLOR: '' }, true, true],
  [undefined, { FORCE_COLOR: '1' }, false, true],
  [undefined, { TERM: 'dumb' }, true, false],
  [true, { NO_COLOR: '1' }, false, true],
  [false, { FORCE_COLOR: '1' }, true, false],
])('colours by option %s, environment %j, terminal %s: %s', (option, variables, isTTY, expected) => {
  expect(wantsColor(option, variables, isTTY)).toBe(expected);
});

test.each([
  ['/repo', '/repo/a/b.ts', 'a/b.ts'],
  ['/repo/src', '/repo/lib/b.ts', '../lib/b.ts'],
  ['/repo', '/repo', '.'],
  ['/home/me/repo/src', '/etc/mcp-shutdown.json', '/etc/mcp-shutdown.json'],
])('from %s, %s is %s', (folder, path, expected) => {
  expect(shortPath(folder, path)).toBe(expected);
});

test('hints are the editor’s unless asked for; how many were left out is said', async () => {
  const report = await reportOf({ '/repo/a.ts': 'good();' }, [wordRule('bad-word', 'bad')], {
    hiddenHints: 2,
  });
  expect(textReport(report, { ...plain, quiet: false })).toContain(
    '2 hints not shown (see them with --hints).\n',
  );
});
