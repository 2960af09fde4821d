// npm test: every check of the repository, in order, and one line that counts them all.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const vitestResults = 'out/vitest-results.json';
const behaviorResults = 'out/behavior-results.json';
const editorResults = 'out/editor-results.json';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Of results in the form of test/editor/results.mjs. */
const byState = (tests) => ({
  passed: tests.filter(({ state }) => state === 'passed').length,
  failed: tests.filter(({ state }) => state === 'failed').length,
  skipped: tests.filter(({ state }) => state === 'skipped').length,
});

const steps = [
  { title: 'lint', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { title: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { title: 'build', command: ['esbuild.mjs'] },
  { title: 'packages that tests run servers with', command: ['scripts/testPackages.mjs'] },
  {
    // Among them the test that the documentation is not older than what it is generated from.
    title: 'unit tests, rules, language server and command line',
    command: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestResults}`,
    ],
    results: vitestResults,
    count: ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
    }),
  },
  {
    title: 'fixed servers, run and stopped',
    command: ['scripts/behavior.mjs', '--core', '--may-skip', '--results', behaviorResults],
    results: behaviorResults,
    count: byState,
  },
  { title: 'package', command: ['scripts/package.mjs'] },
  {
    title: 'the real editor',
    command: ['test/editor/run.mjs', '--packaged', '--may-skip'],
    results: editorResults,
    count: byState,
  },
];

/** @returns {Counts} a step without a results file counts as one check */
function run({ title, command, results, count }) {
  console.log(`\n--- ${title}`);
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const isFine = status === 0;
  if (!results || !existsSync(results))
    return { passed: Number(isFine), failed: Number(!isFine), skipped: 0 };
  const counts = count(JSON.parse(readFileSync(results, 'utf8')));
  // What fails outside of a test, a file that cannot be loaded for instance, is a failure all the same.
  return { ...counts, failed: Math.max(counts.failed, Number(!isFine)) };
}

/** @param {Counts[]} all */
function summary(all) {
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  const line = `${sum('passed')} passed, ${sum('failed')} failed`;
  return { failed: sum('failed'), skipped: sum('skipped'), line };
}

process.chdir(root);
mkdirSync('out', { recursive: true });
for (const file of [vitestResults, behaviorResults, editorResults]) rmSync(file, { force: true });
const { failed, skipped, line } = summary(steps.map(run));
if (skipped > 0) console.log(`\n${skipped} skipped: see the names above`);
console.log(`\n${line}`);
process.exitCode = failed > 0 ? 1 : 0;
