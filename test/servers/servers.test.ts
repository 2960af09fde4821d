import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Fixture, findingsIn, foldersIn, renderFindings } from '../support/fixtures.ts';

/*
 * Whole servers with everything that all rules say of them: one root cause gives one finding, and what an earlier rule
 * has told no later one tells again.
 */
test.each(foldersIn(import.meta.dirname))('%s', async (name) => {
  const fixture = new Fixture(join(import.meta.dirname, name));
  const project = await fixture.project();
  const actual = renderFindings(project, findingsIn(project), fixture.root);
  expect(actual).toBe(fixture.expected(actual));
});
