// Tests the packaged, installed extension in the real editor.
//
//   --desktop        in desktop VS Code, which is downloaded; where that cannot be had, in the browser all the same
//   --strict         with --desktop: fail instead
//   --packaged       take the .vsix that is there instead of making one
//   --may-skip       where there is no editor at all, and CI is not "true": say so and succeed
//   --only NAME      "suite" (in the extension host) or "ui" (the workbench, by keyboard and mouse)
//   --update-images  renew the screenshot of the README
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isSupportedPlatform, UnavailableError } from '../../scripts/editor/platform.mjs';
import { buildSuite } from './build.mjs';
import { runSuiteOnDesktop } from './desktop.mjs';
import { report } from './results.mjs';
import { runSuiteInBrowser } from './suiteInBrowser.mjs';
import { runUi } from './ui/run.mjs';

const { values: options } = parseArgs({
  options: {
    desktop: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    packaged: { type: 'boolean', default: false },
    'may-skip': { type: 'boolean', default: false },
    only: { type: 'string' },
    'update-images': { type: 'boolean', default: false },
  },
});

/** @typedef {import('./results.mjs').Result} Result */

async function main() {
  const vsix = provideVsix();
  await buildSuite();
  const suite = options.only === 'ui' ? [] : await runSuite(vsix);
  const ui = options.only === 'suite' || options.desktop ? [] : await runUi(vsix, options['update-images']);
  return [...suite, ...ui];
}

function provideVsix() {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const vsix = `out/${name}-${version}.vsix`;
  if (!options.packaged || !existsSync(vsix)) {
    execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: 'inherit' });
  }
  return vsix;
}

/** @returns {Promise<Result[]>} */
async function runSuite(vsix) {
  if (!options.desktop && isSupportedPlatform) return runSuiteInBrowser(vsix);
  try {
    return await runSuiteOnDesktop(vsix);
  } catch (error) {
    if (options.strict || !(error instanceof UnavailableError)) throw error;
    console.warn(`There is no desktop VS Code: ${error.message}\nThe tests run in the browser instead.`);
    return runSuiteInBrowser(vsix);
  }
}

/** @returns {Promise<Result[]>} what `run` gives, or one skipped test where there is no editor and none is demanded */
async function unlessUnavailable(run) {
  try {
    return await run();
  } catch (error) {
    const maySkip = options['may-skip'] && process.env.CI !== 'true';
    if (!(error instanceof UnavailableError) || !maySkip) throw error;
    console.warn(`\n*** THE EDITOR TESTS ARE SKIPPED ***\n${error.message}\n`);
    return [{ title: 'the editor tests', state: 'skipped' }];
  }
}

process.chdir(resolve(import.meta.dirname, '../..'));
mkdirSync('out/shots', { recursive: true });
const results = await unlessUnavailable(main);
writeFileSync('out/editor-results.json', JSON.stringify(results, null, 2));
process.exitCode = report(results) ? 0 : 1;
