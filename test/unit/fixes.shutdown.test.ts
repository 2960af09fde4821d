import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixAll, fixesOf, isAutomatic } from '../../server/src/engine/fixAll.ts';
import { rules } from '../../server/src/rules/index.ts';
import { edited, Fixture, findingsIn, fixturesFolder } from '../support/fixtures.ts';

/** More rounds than any of the projects needs. */
const rounds = 40;

async function allAtOnce(fixture: Fixture): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let round = 0; round < rounds; round += 1) {
    const project = await fixture.project(texts);
    const { edits } = await fixAll(project, findingsIn(project), rules);
    if (edits.size === 0) return texts;
    for (const [path, text] of edited(project, edits)) texts.set(path, text);
  }
  throw new Error('it never comes to an end');
}

async function oneByOne(fixture: Fixture, isReversed: boolean): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let round = 0; round < rounds; round += 1) {
    const project = await fixture.project(texts);
    const findings = [...findingsIn(project)];
    if (isReversed) findings.reverse();
    const offered = await Promise.all(findings.map((finding) => fixesOf(project, finding, rules)));
    const fix = offered.flat().find(isAutomatic);
    if (!fix) return texts;
    for (const [path, text] of edited(project, fix.edits)) texts.set(path, text);
  }
  throw new Error('it never comes to an end');
}

/** Projects with several safe fixes: of one handler, of one file, of files that depend on each other. */
const projects = [
  'cleanup-before-drain/bad-pool',
  'command-ignored/bad-shell-form-entrypoint',
  'deadline-armed-too-late/bad-example',
  'entrypoint-script-without-exec/bad-deployment',
  'entrypoint-script-without-exec/bad-foreground',
  'grace-period-too-short/bad-docker-run',
  'grace-period-too-short/bad-mounted',
  'handler-registered-repeatedly/bad-shared-pool',
  'immediate-exit/good-exit-in-continuation',
  'package-manager-as-pid-1/bad-workspace',
  'shell-form-command/bad-deployments',
];

test.each(projects.flatMap((project) => [false, true].map((isReversed) => ({ project, isReversed }))))(
  'the safe fixes of $project come to the same one by one and all at once (reversed: $isReversed)',
  async ({ project, isReversed }) => {
    const fixture = new Fixture(join(fixturesFolder, project));
    const all = await allAtOnce(fixture);
    expect(all.size).toBeGreaterThan(0);
    expect(await oneByOne(fixture, isReversed)).toEqual(all);
  },
);

test('the guard and the timer of one handler are both there after fix-all', async () => {
  const all = await allAtOnce(new Fixture(join(fixturesFolder, 'deadline-armed-too-late/bad-example')));
  const handler = [...all.values()].join('\n');
  expect(handler).toMatch(/if \(isStopping\) return;/);
  expect(handler).toMatch(/setTimeout\(\(\) => process\.exit\(1\), 3_000\);\n\s*await new Promise/);
});
