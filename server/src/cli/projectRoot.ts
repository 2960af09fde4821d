import type { FileSystem } from '../project/fileSystem.ts';
import { dirname, joinPath } from '../text/paths.ts';

/** A package.json is small; a larger one is none. */
const maxBytes = 1_000_000;

/**
 * The folder of the project that a folder belongs to: its repository (the nearest folder above with `.git`);
 * else its workspace (the highest folder above that declares one), its package, or else the folder itself.
 */
export async function projectRootOf(folder: string, fileSystem: FileSystem): Promise<string> {
  let nearestPackage: string | undefined;
  let workspace: string | undefined;
  for (let at = folder; ; at = dirname(at)) {
    // A file in a worktree or submodule, a folder elsewhere.
    if (await fileSystem.stat(joinPath(at, '.git'))) return at;
    const manifest = await fileSystem.readText(joinPath(at, 'package.json'), maxBytes);
    // Not simply the highest package.json: a stray one in the home folder would make a project of all of it.
    if (manifest !== undefined) {
      nearestPackage ??= at;
      if (await declaresWorkspace(at, manifest, fileSystem)) workspace = at;
    }
    // Above a Windows drive there is nothing; a path without one would be on whatever drive is current.
    if (at === dirname(at) || dirname(at) === '') return workspace ?? nearestPackage ?? folder;
  }
}

async function declaresWorkspace(folder: string, manifest: string, fileSystem: FileSystem): Promise<boolean> {
  if (/"workspaces"\s*:/.test(manifest)) return true;
  return (await fileSystem.stat(joinPath(folder, 'pnpm-workspace.yaml'))) !== undefined;
}
