/**
 * One test that ran.
 * @typedef {{ title: string, state: 'passed' | 'failed' | 'skipped', error?: string }} Result
 */

const marks = { passed: '✓', failed: '✗', skipped: '-' };

/**
 * Prints the results.
 *
 * @param {Result[]} results
 * @returns {boolean} whether there are some and none failed
 */
export function report(results) {
  for (const { title, state, error } of results) {
    console.log(`${marks[state]} ${title}`);
    if (error) console.log(error.replace(/^/gm, '    '));
  }
  const count = (wanted) => results.filter(({ state }) => state === wanted).length;
  console.log(`editor: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return results.length > 0 && count('failed') === 0;
}
