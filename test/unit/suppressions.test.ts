import { expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import type { SettingsSources } from '../../server/src/engine/config.ts';
import { fixAll, fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Project } from '../../server/src/project/project.ts';
import { unusedSuppression } from '../../server/src/rules/unused-suppression.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { asLine, projectOf, wordRule } from '../support/handMade.ts';

const rules = [wordRule('bad-word', 'bad'), wordRule('worse-word', 'worse'), unusedSuppression];
const path = '/repo/a.ts';

/** The findings of a text as `line rule`, with what an unused comment is told. */
function findings(
  text: string,
  sources: SettingsSources = {},
  extra: Partial<Project> = {},
  ids?: string[],
): string[] {
  const project = projectOf({ [path]: text }, extra);
  const options = ids ? { ruleIds: ids } : {};
  return check(project, rules, sources, options).findings.map((finding) =>
    asLine(project, finding)
      .slice(path.length + 1)
      .replace(/ (warning|information)/, '')
      .replace(/ (bad|worse)$/, ''),
  );
}

async function fixed(text: string): Promise<string> {
  const project = projectOf({ [path]: text });
  const { edits } = await fixAll(project, check(project, rules).findings, rules);
  return applyEdits(text, edits.get(path) ?? []);
}

test.each([
  [
    'the next line',
    '// mcp-shutdown-disable-next-line bad-word -- tested by hand\nbad(); bad();\nbad();',
    ['3 bad-word'],
  ],
  ['the next line of code', '// mcp-shutdown-disable-next-line bad-word\n\n// why\nbad();', []],
  ['the named rules only', '// mcp-shutdown-disable-next-line bad-word\nbad(worse());', ['2 worse-word']],
  ['several rules', '// mcp-shutdown-disable-next-line bad-word, worse-word\nbad(worse());', []],
  ['every rule', '// mcp-shutdown-disable-next-line\nbad(worse());', []],
  [
    'the whole file, wherever it stands',
    'bad();\n# mcp-shutdown-disable-file bad-word\nbad();\nworse();',
    ['4 worse-word'],
  ],
  ['in a block comment', '/* mcp-shutdown-disable-next-line bad-word */\nbad();', []],
])('a comment suppresses %s', (_, text, expected) => {
  expect(findings(text)).toEqual(expected);
});

test('a comment of which a name suppresses nothing is reported, also behind another that suppresses the same', () => {
  expect(findings('// mcp-shutdown-disable-next-line bad-word, worse-word\nbad();')).toEqual([
    '1 unused-suppression This comment suppresses no finding of worse-word; left in place it would hide the next one.',
  ]);
  expect(
    findings('// mcp-shutdown-disable-file bad-word\n// mcp-shutdown-disable-next-line bad-word\nbad();'),
  ).toEqual([
    '1 unused-suppression This comment suppresses no finding of bad-word; left in place it would hide the next one.',
  ]);
  expect(findings('// mcp-shutdown-disable-file\nfine();')).toEqual([
    '1 unused-suppression This comment suppresses no finding; left in place it would hide the next one.',
  ]);
});

test('an unknown rule and an unknown form of comment are reported', () => {
  expect(
    findings('// mcp-shutdown-disable-file bad-wort\n// mcp-shutdown-disable-line bad-word\nbad();'),
  ).toEqual([
    '1 unused-suppression There is no rule "bad-wort". Did you mean "bad-word"?',
    '2 unused-suppression This comment suppresses nothing: it must begin with mcp-shutdown-disable-next-line or mcp-shutdown-disable-file.',
    '3 bad-word',
  ]);
  expect(findings('// mcp-shutdown-disable-next-line bad-word the old one\nbad();')).toEqual([
    '1 unused-suppression There are no rules "the", "old", "one". A reason goes behind " -- ".',
  ]);
});

test('nothing is said of a rule that is off, was not run, or could not see everything', () => {
  const text = '// mcp-shutdown-disable-next-line bad-word\nfine();';
  expect(findings(text)).toHaveLength(1);
  expect(findings(text, { fallback: { rules: { 'bad-word': 'off' } } })).toEqual([]);
  expect(findings(text, {}, {}, ['worse-word', 'unused-suppression'])).toEqual([]);
  expect(findings(text, {}, { limits: ['stopped at 5,000 source files'] })).toEqual([]);
});

test.each([
  [
    'for the file',
    '// mcp-shutdown-disable-file unused-suppression\n\n// mcp-shutdown-disable-next-line bad-word\nfine();',
  ],
  ['in the same comment', '// mcp-shutdown-disable-next-line bad-word, unused-suppression\nfine();'],
  [
    'in a comment above',
    '// mcp-shutdown-disable-next-line unused-suppression\n// mcp-shutdown-disable-next-line bad-word\nfine();',
  ],
  [
    'by a comment for all rules that is of use itself',
    '// mcp-shutdown-disable-file\nbad();\n// mcp-shutdown-disable-next-line worse-word\nfine();',
  ],
])('unused-suppression can itself be suppressed %s', (_, text) => {
  expect(findings(text)).toEqual([]);
});

test('its severity is a setting', () => {
  const text = '// mcp-shutdown-disable-file bad-word\n';
  expect(findings(text, { fallback: { rules: { 'unused-suppression': 'off' } } })).toEqual([]);
});

test.each([
  [
    'with its line',
    'one();\r\n  // mcp-shutdown-disable-next-line bad-word -- old\r\ntwo();\r\n',
    'one();\r\ntwo();\r\n',
  ],
  ['at the end of the file', 'one();\n// mcp-shutdown-disable-file bad-word', 'one();\n'],
  ['behind code', 'one(); // mcp-shutdown-disable-next-line bad-word\ntwo();', 'one();\ntwo();'],
  ['before code', '/* mcp-shutdown-disable-file bad-word */ one();', ' one();'],
  [
    'name by name',
    '// mcp-shutdown-disable-next-line worse-word,bad-word -- both\nbad();',
    '// mcp-shutdown-disable-next-line bad-word -- both\nbad();',
  ],
])('the fix removes what does nothing: %s', async (_, text, expected) => {
  expect(await fixed(text)).toBe(expected);
});

test('a comment that says more than the suppression is left to a person', async () => {
  const text = '/*\n * mcp-shutdown-disable-file bad-word\n * Copyright\n */\nfine();';
  expect(findings(text)).toHaveLength(1);
  expect(await fixed(text)).toBe(text);
});

test('an unknown name is removed only when somebody asks for it', async () => {
  const text = '// mcp-shutdown-disable-next-line bad-word, new-word\nbad();';
  expect(await fixed(text)).toBe(text);
  const project = projectOf({ [path]: text });
  const [finding] = check(project, rules).findings;
  const [fix] = await fixesOf(project, finding!, rules);
  expect(fix).toMatchObject({ title: 'Remove new-word from the comment', isSafe: false });
  expect(applyEdits(text, fix!.edits.get(path)!)).toBe('// mcp-shutdown-disable-next-line bad-word\nbad();');
});
