import { expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixAll, fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import type { Project } from '../../server/src/project/project.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { projectOf, replacing, wordRule } from '../support/handMade.ts';

async function fixedText(
  project: Project,
  rules: Rule[],
): Promise<{ text: string; fixed: string[]; failures: string[] }> {
  const { edits, fixed, failures } = await fixAll(project, check(project, rules).findings, rules);
  return {
    text: applyEdits(project.files.get('/repo/a.ts')!.text, edits.get('/repo/a.ts') ?? []),
    fixed: fixed.map(({ ruleId }) => ruleId),
    failures: failures.map(({ ruleId }) => ruleId),
  };
}

test('applies the preferred fixes of all findings', async () => {
  const project = projectOf({ '/repo/a.ts': 'bad(); worse(); bad();' });
  const result = await fixedText(project, [replacing('bad', 'good'), replacing('worse', 'better')]);
  expect(result).toEqual({
    text: 'good(); better(); good();',
    fixed: ['bad-word', 'worse-word', 'bad-word'],
    failures: [],
  });
});

test('of two fixes that conflict the first is applied', async () => {
  const project = projectOf({ '/repo/a.ts': 'bad(worse());' });
  const result = await fixedText(project, [replacing('worse', 'better'), replacing('bad', 'good', 6)]);
  expect(result).toEqual({ text: 'good());', fixed: ['bad-word'], failures: [] });
});

test('a fix that is not safe, or not the preferred one, is left to a person', async () => {
  const project = projectOf({ '/repo/a.ts': 'bad(); worse();' });
  const rules = [
    replacing('bad', 'good', 0, { isSafe: false }),
    replacing('worse', 'ok', 0, { isPreferred: false }),
  ];
  expect(await fixedText(project, rules)).toEqual({ text: 'bad(); worse();', fixed: [], failures: [] });
});

test('a fixer that throws, or whose edits lie outside the text, is named and the others still count', async () => {
  const project = projectOf({ '/repo/a.ts': 'bad(); worse(); wild();' });
  const throwing = wordRule('bad-word', 'bad', {
    fixes: () => {
      throw new Error('no such thing');
    },
  });
  const result = await fixedText(project, [
    throwing,
    replacing('wild', 'tame', 99),
    replacing('worse', 'better'),
  ]);
  expect(result).toEqual({
    text: 'bad(); better(); wild();',
    fixed: ['worse-word'],
    failures: ['bad-word', 'wild-word'],
  });
});

test('a finding of a rule without fixes has none', async () => {
  const project = projectOf({ '/repo/a.ts': 'bad();' });
  const rules = [wordRule('bad-word', 'bad')];
  expect(await fixesOf(project, check(project, rules).findings[0]!, rules)).toEqual([]);
});
