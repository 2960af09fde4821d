// Downloads single packages from the npm registry without installing them.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Unpacks a package into `folder`, which is made.
 *
 * @param {string} specifier name and exact version, `code-server@4.139.1`
 * @param {string} folder
 * @param {string[]} members paths inside the package, or none for all of it
 * @throws when the registry cannot be reached or has no such version
 */
export async function unpackPackage(specifier, folder, members = []) {
  mkdirSync(folder, { recursive: true });
  const { stdout } = await npm(['pack', '--silent', '--pack-destination', folder, specifier], folder);
  const archive = join(folder, stdout.trim().split('\n').at(-1));
  const paths = members.map((member) => `package/${member}`);
  await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', ...paths]);
  rmSync(archive);
}

/** Installs what the package.json in `folder` depends on; no install script runs. */
export async function installDependencies(folder) {
  const flags = ['--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  await npm(['install', ...flags, '--loglevel=error'], folder);
}

async function npm(args, cwd) {
  try {
    return await run('npm', args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`npm ${args.join(' ')} failed in ${cwd}\n${error.stderr || error.message}`);
  }
}
