import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const here = resolve('test/behavior');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * Gives a folder a node_modules of links: what its package.json names, each as the installed version of the
 * same major. Links and not copies, because node then finds what those packages need beside the originals.
 *
 * @param installed the node_modules with all pinned packages
 * @param withFakes whether a package that test/behavior/fakes has is taken from there: it says what is done to it
 * @throws when a dependency is not installed in that major version
 */
export function linkPackages(folder: string, installed: string, withFakes: boolean): void {
  const { dependencies, devDependencies } = readManifest(folder);
  const pinned = Object.entries(readManifest(join(here, 'packages')).dependencies ?? {}).map(
    ([alias, specifier]) => {
      const [, name = alias, version = specifier] = /^npm:(.+)@([^@]+)$/.exec(specifier) ?? [];
      return { alias, name, major: majorOf(version) };
    },
  );
  for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
    const real = pinned.find((each) => each.name === name && each.major === majorOf(range));
    const fake = join(here, 'fakes', name);
    if (withFakes && existsSync(fake)) link(fake, folder, name);
    else if (real) link(join(installed, real.alias), folder, name);
    else if (!existsSync(fake)) throw new Error(`test/behavior/packages pins no ${name}@${range}`);
  }
}

function link(target: string, folder: string, name: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function majorOf(version: string): string {
  return /\d+/.exec(version)?.[0] ?? '';
}
