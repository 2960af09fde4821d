import { dirname, isInside } from '../text/paths.ts';
import type { Environment } from './environment.ts';
import { UsageError } from './options.ts';
import { projectRootOf } from './projectRoot.ts';

/** The files and folders that are checked, and the folder that the paths in reports are seen from. */
export interface Targets {
  readonly base: string;
  /** By the root of their project. */
  readonly byRoot: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds what the person named, links followed.
 * @throws UsageError when something of it does not exist.
 */
export async function findTargets(paths: readonly string[], environment: Environment): Promise<Targets> {
  const { cwd, fileSystem } = environment;
  const named: { path: string; folder: string }[] = [];
  for (const path of paths) {
    const real = await fileSystem.realPath(environment.toCorePath(path));
    const found = real === undefined ? undefined : await fileSystem.stat(real);
    if (real === undefined || found === undefined)
      throw new UsageError(`There is no file or folder "${path}".`);
    named.push({ path: real, folder: found.kind === 'directory' ? real : dirname(real) });
  }
  // What lies in another one of them is checked with that one.
  const outer = named.filter(
    ({ path }, index) =>
      !named.some(
        (other, at) => at !== index && isInside(other.path, path) && (other.path !== path || at < index),
      ),
  );
  const byRoot = new Map<string, string[]>();
  for (const { path, folder } of outer) {
    const root = await projectRootOf(folder, fileSystem);
    byRoot.set(root, [...(byRoot.get(root) ?? []), path]);
  }
  const [only] = named;
  const isOneFolder = named.length === 1 && only?.path === only?.folder;
  return { base: isOneFolder ? only!.path : cwd, byRoot };
}
