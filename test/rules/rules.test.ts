import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { fixAll, fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Finding } from '../../server/src/engine/types.ts';
import type { Project } from '../../server/src/project/project.ts';
import { rules } from '../../server/src/rules/index.ts';
import { changedComments, isGoneForGood } from '../support/comments.ts';
import { edited, Fixture, findingsIn, fixturesFolder, foldersIn, render, textOf } from '../support/fixtures.ts';
import { unresolvedNames } from '../support/unresolvedNames.ts';

for (const ruleId of foldersIn(fixturesFolder)) {
  describe(ruleId, () => {
    for (const name of foldersIn(join(fixturesFolder, ruleId))) {
      const source = join(fixturesFolder, ruleId, name);
      test(name, () => expectFindings(ruleId, name, source));
      if (name.startsWith('bad-')) test(`${name}: fixes`, () => expectGoodFixes(ruleId, source));
    }
  });
}

async function expectFindings(ruleId: string, name: string, source: string): Promise<void> {
  expect(name).toMatch(/^(bad|good)-/);
  const fixture = new Fixture(source);
  const project = await fixture.project();
  // What other rules say of it is not this fixture's business; test/servers holds whole servers with all of it.
  const own = findingsIn(project).filter((finding) => finding.ruleId === ruleId);
  if (name.startsWith('bad-')) expect(own).not.toEqual([]);
  else expect(own).toEqual([]);
  const actual = await render(project, own, fixture.root);
  expect(actual).toBe(fixture.expected(actual));
}

async function expectGoodFixes(ruleId: string, source: string): Promise<void> {
  const fixture = new Fixture(source);
  const project = await fixture.project();
  const findings = findingsIn(project);
  for (const finding of findings.filter((each) => each.ruleId === ruleId)) {
    const fixes = await fixesOf(project, finding, rules);
    expect(fixes.filter(({ isPreferred }) => isPreferred).length).toBeLessThan(2);
    for (const fix of fixes) {
      const texts = edited(project, fix.edits);
      for (const [path, text] of texts) {
        expectSameForm(textOf(project, path), text, path);
        expectKnownNames(textOf(project, path), text, path);
      }
      expectOwnComments(project, texts);
      const after = findingsIn(await fixture.project(texts));
      expectGone(finding, findings, after);
    }
  }
  await expectFixpoint(fixture, project);
}

/** The finding is gone, and no other came in its place. */
function expectGone(finding: Finding, before: readonly Finding[], after: readonly Finding[]): void {
  const count = (findings: readonly Finding[], of: Finding) =>
    findings.filter(({ ruleId, path }) => ruleId === of.ruleId && path === of.path).length;
  expect(count(after, finding)).toBeLessThan(count(before, finding));
  const added = after.filter((each) => count(after, each) > count(before, each));
  expect(added).toEqual([]);
}

/** It still parses, and keeps its byte order mark and the form of its line endings. */
function expectSameForm(before: string, after: string, path: string): void {
  expect(after.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'));
  expect(syntaxErrors(path, after)).toEqual(syntaxErrors(path, before));
  if (before === '') return;
  const endings = (text: string) => [...new Set(text.match(/\r\n|\r|\n/g))].sort();
  if (endings(before).length === 1) expect(endings(after)).toEqual(endings(before));
}

/** It names nothing that is not there. */
function expectKnownNames(before: string, after: string, path: string): void {
  const known = unresolvedNames(path, before);
  expect([...unresolvedNames(path, after)].filter((name) => !known.has(name))).toEqual([]);
}

/** The author's comments are there, beside what they speak of. */
function expectOwnComments(project: Project, texts: ReadonlyMap<string, string>): void {
  const before = new Map([...texts.keys()].map((path) => [path, textOf(project, path)]));
  const { lost, astray } = changedComments(before, texts);
  expect([...lost.filter((comment) => !isGoneForGood(comment)), ...astray]).toEqual([]);
}

function syntaxErrors(path: string, text: string): string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Applying all automatic fixes again and again comes to an end soon. */
async function expectFixpoint(fixture: Fixture, start: Project): Promise<void> {
  const texts = new Map<string, string>();
  let project = start;
  for (let round = 0; round < 5; round += 1) {
    const { edits, failures } = await fixAll(project, findingsIn(project), rules);
    expect(failures).toEqual([]);
    if (edits.size === 0) return;
    for (const [path, text] of edited(project, edits)) texts.set(path, text);
    project = await fixture.project(texts);
  }
  expect.fail('the fixes go on and on');
}

test('a fixture has carriage returns only where its folder is named for them and git leaves them alone', () => {
  const files = readdirSync(fixturesFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const withReturns = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes('\r'))
    .map((path) => path.slice(fixturesFolder.length + 1).split(/[\\/]/)[1]!);
  for (const folder of withReturns) expect(folder).toContain('crlf');
  const named = foldersIn(fixturesFolder).flatMap((rule) =>
    foldersIn(join(fixturesFolder, rule)).filter((name) => name.includes('crlf')),
  );
  expect(withReturns).toEqual(expect.arrayContaining(named));
});
