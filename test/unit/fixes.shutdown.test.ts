import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixAll, fixesOf, isAutomatic } from '../../server/src/engine/fixAll.ts';
import { rules } from '../../server/src/rules/index.ts';
import { edited, Fixture, findingsIn, fixturesFolder } from '../support/fixtures.ts';

// Two safe fixes of one handler: the guard at its top, and the timer that moves up.
const source = join(fixturesFolder, 'deadline-armed-too-late/bad-example');

async function allAtOnce(fixture: Fixture): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let round = 0; round < 5; round += 1) {
    const project = await fixture.project(texts);
    const { edits } = await fixAll(project, findingsIn(project), rules);
    if (edits.size === 0) break;
    for (const [path, text] of edited(project, edits)) texts.set(path, text);
  }
  return texts;
}

async function oneByOne(fixture: Fixture, isReversed: boolean): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let round = 0; round < 5; round += 1) {
    const project = await fixture.project(texts);
    const findings = [...findingsIn(project)];
    if (isReversed) findings.reverse();
    const offered = await Promise.all(findings.map((finding) => fixesOf(project, finding, rules)));
    const fix = offered.flat().find(isAutomatic);
    if (!fix) break;
    for (const [path, text] of edited(project, fix.edits)) texts.set(path, text);
  }
  return texts;
}

test.each([false, true])(
  'the safe fixes of one handler come to the same one by one and all at once (reversed: %s)',
  async (isReversed) => {
    const fixture = new Fixture(source);
    const all = await allAtOnce(fixture);
    const handler = [...all.values()].join('\n');
    expect(handler).toMatch(/if \(isStopping\) return;/);
    expect(handler).toMatch(/setTimeout\(\(\) => process\.exit\(1\), 3_000\);\n\s*await new Promise/);
    expect(await oneByOne(fixture, isReversed)).toEqual(all);
  },
);
