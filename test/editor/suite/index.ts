// What the editor loads into its extension host: runs the test files in order and records what came of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** The first file needs a workspace in which nothing has happened yet. */
const files = ['start', 'dockerfile', 'source', 'settings', 'commands', 'snippets'];

/** One test that ran; `error` is set where it failed. */
interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error?: string;
}

/** Runs all tests and writes their results to the file that MCP_SHUTDOWN_TEST_RESULTS names. */
export async function run(): Promise<void> {
  const target = process.env.MCP_SHUTDOWN_TEST_RESULTS;
  if (!target) throw new Error('MCP_SHUTDOWN_TEST_RESULTS does not name a file for the results.');
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'spec' });
  for (const file of files) mocha.addFile(join(__dirname, `${file}.test.cjs`));
  const results: Result[] = [];
  const failures = await new Promise<number>((done) => {
    const runner = mocha.run(done);
    const record = (test: Mocha.Test | Mocha.Hook, state: Result['state'], error?: Error) =>
      results.push({ title: test.fullTitle(), state, error: error?.stack ?? error?.message });
    runner.on('pass', (test) => record(test, 'passed'));
    runner.on('pending', (test) => record(test, 'skipped'));
    runner.on('fail', (test, error) => record(test, 'failed', error));
  });
  writeFileSync(target, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} failed`);
}
