import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { rules } from '../../server/src/rules/index.ts';
import { type Comment, changedComments, commentedText, isGoneForGood } from '../support/comments.ts';
import { edited, Fixture, findingsIn, fixturesFolder, foldersIn } from '../support/fixtures.ts';

const serversFolder = join(fixturesFolder, '../servers');
const sources = [
  ...foldersIn(fixturesFolder).flatMap((rule) => foldersIn(join(fixturesFolder, rule)).map((name) => join(rule, name))),
  ...foldersIn(serversFolder).map((name) => join('../servers', name)),
].filter((source) => !basename(source).startsWith('good-'));

/*
 * Every line and every statement of the fixtures gets a comment: whatever a fix does, none may vanish or come to stand
 * beside other code.
 */
test.each(sources)('%s: comments everywhere', async (source) => {
  const fixture = new Fixture(join(fixturesFolder, source));
  const plain = await fixture.project();
  const files = [...plain.files.values()].filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path));
  const commented = new Map(files.map(({ path, text }) => [path, commentedText(path, text)]));
  const project = await fixture.project(commented);
  const problems: string[] = [];
  for (const finding of findingsIn(project)) {
    for (const fix of await fixesOf(project, finding, rules)) {
      const { lost, astray } = changedComments(commented, edited(project, fix.edits));
      const tell = ({ text, beside }: Comment) => `${fix.title}: ${text} beside ${beside}`;
      problems.push(...[...lost.filter((comment) => !isGoneForGood(comment)), ...astray].map(tell));
    }
  }
  expect(problems).toEqual([]);
});
