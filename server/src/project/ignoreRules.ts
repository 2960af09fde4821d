import ignore, { type Ignore } from 'ignore';
import { basename, joinPath, relativePath } from '../text/paths.ts';
import type { DirectoryEntry, FileSystem } from './fileSystem.ts';

/** What the .gitignore of a folder says. */
export interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** In bytes. */
const maxFileBytes = 1 << 20;

/** Each path of a folder is held against each pattern. */
const maxPatterns = 2_000;

/**
 * Whether a glob takes long to match whatever the path: it becomes a backtracking expression, in which each
 * wildcard multiplies the work.
 */
export function isCostlyGlob(pattern: string): boolean {
  const parts = pattern.split('/');
  const deep = parts.filter((part) => /^\*{2,}$/.test(part)).length;
  return deep > 3 || parts.some((part) => (part.match(/\*+/g) ?? []).length > 3);
}

/**
 * The rules that count in a folder: those from above and its own. A .gitignore that is a link is not read, as git
 * does not, and patterns that nobody writes by hand are passed over.
 */
export async function withOwnRules(
  above: readonly IgnoreRules[],
  folder: string,
  entries: readonly DirectoryEntry[],
  fs: FileSystem,
): Promise<readonly IgnoreRules[]> {
  if (!entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file')) return above;
  const text = await fs.readText(joinPath(folder, '.gitignore'), maxFileBytes);
  if (!text) return above;
  const patterns = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const usable = patterns.slice(0, maxPatterns).filter((pattern) => !isCostlyGlob(pattern));
  return [...above, { folder, rules: ignore().add(usable) }];
}

/**
 * The nearest .gitignore that has an opinion decides, as git does. A package.json counts in every folder that is not
 * ignored itself: such a pattern is meant for others, git tracks that one, and nothing is known of a server without it.
 */
export function isIgnored(path: string, isFolder: boolean, ignores: readonly IgnoreRules[]): boolean {
  if (!isFolder && basename(path) === 'package.json') return false;
  for (const { folder, rules } of ignores.toReversed()) {
    const { ignored, unignored } = rules.test(relativePath(folder, path) + (isFolder ? '/' : ''));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
