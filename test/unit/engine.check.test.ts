import { expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { invalidConfiguration } from '../../server/src/rules/invalid-configuration.ts';
import { asLine, projectOf, wordRule } from '../support/handMade.ts';

const bad = wordRule('bad-word', 'bad');
const worse = wordRule('worse-word', 'worse', { severity: 'error' });

test('findings come by path, then by place, whatever the order of files and rules', () => {
  const project = projectOf({ '/repo/b.ts': 'worse();\nbad();', '/repo/a.ts': 'bad();\nworse();' });
  expect(check(project, [worse, bad]).findings.map((finding) => asLine(project, finding))).toEqual([
    '/repo/a.ts:1 warning bad-word bad',
    '/repo/a.ts:2 error worse-word worse',
    '/repo/b.ts:1 error worse-word worse',
    '/repo/b.ts:2 warning bad-word bad',
  ]);
});

test('a rule that throws is named and does not silence the others', () => {
  const error = new Error('no such thing');
  const broken: Rule = {
    ...bad,
    id: 'broken-rule',
    check({ report }) {
      report({ path: '/repo/a.ts', range: { start: 0, end: 1 }, message: 'half done' });
      throw error;
    },
  };
  const result = check(projectOf({ '/repo/a.ts': 'bad();' }), [broken, bad]);
  expect(result.failures).toEqual([{ ruleId: 'broken-rule', error }]);
  expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['bad-word']);
});

test.each([
  ['a file that is not in the project', { path: '/repo/x.ts', range: { start: 0, end: 1 } }],
  ['a range behind the end', { path: '/repo/a.ts', range: { start: 0, end: 100 } }],
  ['a range that ends before it starts', { path: '/repo/a.ts', range: { start: 3, end: 2 } }],
])('a report on %s is a failure of its rule', (_, report) => {
  const result = check(projectOf({ '/repo/a.ts': 'bad();' }), [wordRule('bad-word', 'bad', { report })]);
  expect(result.findings).toEqual([]);
  expect(result.failures).toEqual([{ ruleId: 'bad-word', error: expect.any(RangeError) }]);
});

test('only the named rules run, and only findings in the named paths come back', () => {
  const project = projectOf({ '/repo/lib/a.ts': 'bad();\nworse();', '/repo/library.ts': 'bad();' });
  const lines = (options: Parameters<typeof check>[3]) =>
    check(project, [bad, worse], {}, options).findings.map((finding) => asLine(project, finding));
  expect(lines({ ruleIds: ['bad-word'], paths: ['/repo/lib'] })).toEqual([
    '/repo/lib/a.ts:1 warning bad-word bad',
  ]);
  expect(lines({ paths: ['/repo/library.ts'] })).toEqual(['/repo/library.ts:1 warning bad-word bad']);
});

test('the severity is the rule’s, unless the circumstances or the configuration say otherwise', () => {
  const loud = wordRule('loud-word', 'loud', { report: { severity: 'error' } });
  const project = projectOf({ '/repo/a.ts': 'bad();\nloud();' });
  const severities = (rules: Record<string, 'hint' | 'off' | 'default'>) =>
    check(project, [bad, loud], { fallback: { rules } }).findings.map(({ severity }) => severity);
  expect(severities({})).toEqual(['warning', 'error']);
  expect(severities({ 'loud-word': 'hint', 'bad-word': 'default' })).toEqual(['warning', 'hint']);
  expect(severities({ 'loud-word': 'off' })).toEqual(['warning']);
});

test('a mistake in a config file is a finding in it, also when only a folder below it is asked for', () => {
  const project = projectOf({
    '/repo/mcp-shutdown.json': '{\n  "rules": { "bad-wrd": "off" }\n}',
    '/repo/other/mcp-shutdown.json': '[]',
    '/repo/lib/a.ts': 'bad();',
  });
  const result = check(project, [bad, invalidConfiguration], {}, { paths: ['/repo/lib'] });
  expect(result.findings.map((finding) => asLine(project, finding))).toEqual([
    '/repo/lib/a.ts:1 warning bad-word bad',
    '/repo/mcp-shutdown.json:2 warning invalid-configuration There is no rule "bad-wrd". Did you mean "bad-word"?',
  ]);
});
