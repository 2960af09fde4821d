import { basename, dirname, foldersUpTo, isInside, joinPath } from '../text/paths.ts';
import { isSkippedFolder, kindOf } from './fileKinds.ts';
import type { FileSystem } from './fileSystem.ts';
import { type IgnoreRules, isIgnored, withOwnRules } from './ignoreRules.ts';

/** The files of a folder that the product may look at. */
export interface Listing {
  readonly files: ReadonlySet<string>;
  /** Links that lead to another place inside the folder. */
  readonly links: readonly { readonly from: string; readonly to: string }[];
  /** Whether git ignores a path or it lies in a folder that is never looked at; also for files that are not saved yet. */
  isIgnored(path: string): boolean;
  /** Set when the folder holds more than `maxEntries` files and folders; the rest was not looked at. */
  readonly isCut: boolean;
}

/**
 * Lists a folder: what git ignores, node_modules and version control are left out; links are noted when they
 * lead inside and are never walked (what they lead to is listed where it is).
 * @param maxEntries how many files and folders are looked at before it stops
 */
export async function listFolder(
  root: string,
  fs: FileSystem,
  maxEntries: number,
  signal?: AbortSignal,
): Promise<Listing> {
  const files = new Set<string>();
  const links: { from: string; to: string }[] = [];
  const queue: { folder: string; ignores: readonly IgnoreRules[] }[] = [{ folder: root, ignores: [] }];
  const rulesIn = new Map<string, readonly IgnoreRules[]>();
  const listing = (isCut: boolean): Listing => ({
    files,
    links,
    isCut,
    isIgnored: (path) => isPathIgnored(path, root, rulesIn),
  });
  let seen = 0;
  for (let next = queue.shift(); next; next = queue.shift()) {
    signal?.throwIfAborted();
    const { folder } = next;
    const entries = await fs.readDirectory(folder);
    const ignores = await withOwnRules(next.ignores, folder, entries, fs);
    rulesIn.set(folder, ignores);
    for (const { name, kind } of entries) {
      seen += 1;
      if (seen > maxEntries) return listing(true);
      const path = joinPath(folder, name);
      if (kind === 'link') await noteLink(path, root, fs, links);
      else if (isIgnored(path, kind === 'directory', ignores)) continue;
      else if (kind === 'directory') {
        if (!isSkippedFolder(name)) queue.push({ folder: path, ignores });
      } else if (kind === 'file' && kindOf(path)) files.add(path);
    }
  }
  return listing(false);
}

/** A folder that was not listed is one that was left out, or a new one. */
function isPathIgnored(
  path: string,
  root: string,
  rulesIn: ReadonlyMap<string, readonly IgnoreRules[]>,
): boolean {
  const folders = foldersUpTo(path, root).toReversed();
  let rules: readonly IgnoreRules[] = [];
  for (const [index, folder] of folders.entries()) {
    rules = rulesIn.get(folder) ?? rules;
    const below = folders[index + 1] ?? path;
    const isFolder = below !== path;
    if ((isFolder && isSkippedFolder(basename(below))) || isIgnored(below, isFolder, rules)) return true;
  }
  return false;
}

async function noteLink(
  from: string,
  root: string,
  fs: FileSystem,
  links: { from: string; to: string }[],
): Promise<void> {
  const to = await fs.realPath(from);
  if (to && to !== from && isInside(root, to) && !isInside(to, from)) links.push({ from, to });
}

const namesAbove = ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'mcp-shutdown.json'];

/**
 * The files that count in the folders above `root` up to its repository, nearest first: what decides about
 * packages, imports and settings. Links are left out, for they may lead outside.
 */
export async function filesAbove(root: string, fs: FileSystem): Promise<string[]> {
  const files: string[] = [];
  for (const folder of await foldersAbove(root, fs)) {
    const entries = await fs.readDirectory(folder);
    const isFile = (wanted: string) => entries.some(({ name, kind }) => name === wanted && kind === 'file');
    files.push(...namesAbove.filter(isFile).map((name) => joinPath(folder, name)));
  }
  return files;
}

/**
 * The folders above `root` up to its repository (the first that holds `.git`), nearest first; none when there
 * is no repository.
 */
async function foldersAbove(root: string, fs: FileSystem): Promise<string[]> {
  const isRepository = async (folder: string) => (await fs.stat(joinPath(folder, '.git'))) !== undefined;
  if (await isRepository(root)) return [];
  const above: string[] = [];
  for (
    let folder = dirname(root);
    folder !== '' && folder !== dirname(folder) && above.length < 16;
    folder = dirname(folder)
  ) {
    above.push(folder);
    if (await isRepository(folder)) return above;
  }
  return [];
}
