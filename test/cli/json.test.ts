import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonReport } from '../../server/src/cli/reporters/json.ts';
import { replacing } from '../support/handMade.ts';
import { reportOf } from '../support/report.ts';

test('the whole of it, as programs read it', async () => {
  const rule = replacing('bad', 'good');
  const related = [{ path: '/repo/b.ts', range: { start: 4, end: 5 }, message: 'made here' }];
  const texts = { '/repo/src/ä.ts': '\uFEFFx = "😀" + bad();', '/repo/b.ts': 'one\ntwo' };
  const report = await reportOf(texts, [rule], {
    limits: ['stopped early'],
    failures: [{ ruleId: 'broken-rule', message: 'no such thing' }],
    fixed: 3,
  });
  const withRelated = { ...report, findings: report.findings.map((finding) => ({ ...finding, related })) };
  expect(JSON.parse(jsonReport(withRelated))).toEqual({
    version: 1,
    tool: { name: 'mcp-shutdown', version: '1.2.3' },
    findings: [
      {
        path: 'src/ä.ts',
        line: 1,
        column: 12,
        endLine: 1,
        endColumn: 15,
        severity: 'warning',
        rule: 'bad-word',
        message: 'bad',
        related: [{ path: 'b.ts', line: 2, column: 1, endLine: 2, endColumn: 2, message: 'made here' }],
        fixes: [{ title: 'Write good', isSafe: true, isPreferred: true }],
      },
    ],
    summary: { error: 0, warning: 1, information: 0, hint: 0, fixable: 1, fixed: 3 },
    limits: ['stopped early'],
    failures: [{ rule: 'broken-rule', message: 'no such thing' }],
  });
});

test('nothing found is an empty list', async () => {
  const { findings, summary } = JSON.parse(jsonReport(await reportOf({}, [])));
  expect({ findings, summary }).toEqual({
    findings: [],
    summary: { error: 0, warning: 0, information: 0, hint: 0, fixable: 0 },
  });
});

test('paths are seen from the checked folder', async () => {
  const report = await reportOf({ '/repo/src/a.ts': 'bad()' }, [replacing('bad', 'good')], {
    base: '/repo/lib',
  });
  expect(JSON.parse(jsonReport(report)).findings[0].path).toBe('../src/a.ts');
});

/** The keys of an object and of all below it, `a.b` for b in a, whatever their order. */
function keysOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keysOf(item, prefix)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .flatMap(([key, inner]) => [`${prefix}${key}`, ...keysOf(inner, `${prefix}${key}.`)])
    .sort();
}

test('the documented example has exactly the keys of the report', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/command-line.md'), 'utf8');
  const example = /^```json\n(\{\n {2}"version"[\s\S]*?)^```/m.exec(page)![1]!;
  const related = [{ path: '/repo/a.ts', range: { start: 0, end: 1 }, message: 'here' }];
  const report = await reportOf({ '/repo/a.ts': 'bad()' }, [replacing('bad', 'good')], {
    fixed: 1,
    failures: [{ ruleId: 'x', message: 'broke' }],
  });
  const full = { ...report, findings: report.findings.map((finding) => ({ ...finding, related })) };
  expect(keysOf(JSON.parse(jsonReport(full)))).toEqual(keysOf(JSON.parse(example)));
});
