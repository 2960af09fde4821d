import type { ManagerCall } from '../../../languages/shell/calls.ts';
import type { PackageInImage } from '../../../project/packageScripts.ts';
import type { CallPlace, Unresolved } from './resolve.ts';

/** Programs that an image has, and what a shell does itself. */
const ofImage = new Set(
  `node nodejs bun deno npm npx sh bash env echo printf true false test [ cd export set exec exit . : source sleep cp mv
  rm ln mkdir touch cat chmod chown sed grep date pwd wait trap kill unset ulimit umask python python3 java`.split(
    /\s+/,
  ),
);

/** Packages whose programs have another name. */
const packagesOf: ReadonlyMap<string, string> = new Map([
  ['tsc', 'typescript'],
  ['dotenv', 'dotenv-cli'],
  ['ts-node-esm', 'ts-node'],
  ['ts-node-script', 'ts-node'],
  ['nest', '@nestjs/cli'],
  ['prisma', 'prisma'],
]);

/**
 * How a program of a script is named without the manager's PATH: by its link in node_modules/.bin, where a dependency
 * brings it.
 * @returns the name itself where the image has it; `undefined` where only a shell can tell
 */
export function binaryPath(
  name: string | undefined,
  { manager }: ManagerCall,
  { facts, isMember }: PackageInImage,
  { stage }: CallPlace,
): string | undefined | Unresolved {
  if (name === undefined || name.includes('/') || ofImage.has(name)) return name;
  if (!facts.dependencies.has(packagesOf.get(name) ?? name)) {
    return { problem: `its script runs "${name}", which is not among the dependencies of its package` };
  }
  const isOnPath = /(^|:)(\.\/)?node_modules\/\.bin(:|$)/.test(stage.env.get('PATH') ?? '');
  if (isOnPath) return name;
  // npm and yarn install the programs of all packages at the workspace's root, but not always.
  if (isMember && manager !== 'pnpm') {
    return { problem: `its script runs "${name}", and where a workspace installs that is not certain` };
  }
  return `node_modules/.bin/${name}`;
}
