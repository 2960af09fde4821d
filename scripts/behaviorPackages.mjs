// The SDKs and frameworks that the behavior tests run servers with, in the cache of downloads.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from './editor/cache.mjs';

const run = promisify(execFile);
const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The node_modules folder with the pinned packages; installed from npm once, after that nothing is fetched.
 *
 * @param {string} source the folder with their package.json and package-lock.json
 * @returns {Promise<string>}
 * @throws {import('./editor/platform.mjs').UnavailableError} when npm cannot install them
 */
export async function installedPackages(source) {
  const lock = readFileSync(join(source, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const folder = await cached(`behavior-${hash}`, async (empty) => {
    console.log('Installing the SDKs and frameworks of the behavior tests from npm ...');
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(source, file), join(empty, file));
    }
    await run('npm', ['ci', ...flags], { cwd: empty, maxBuffer: 64 * 1024 * 1024 });
  });
  return join(folder, 'node_modules');
}
