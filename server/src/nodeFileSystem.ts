import type { Dirent, Stats } from 'node:fs';
import { readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DirectoryEntry, FileStat, FileSystem } from './project/fileSystem.ts';
import { normalizePath } from './text/paths.ts';

/** The core path of a path as a person or node writes it, seen from the current folder. */
export function toCorePath(path: string): string {
  return normalizePath(resolve(path));
}

/**
 * The disk. Node takes core paths as they are, also on Windows (`c:/x`); what node gives back is normalized.
 * Whatever goes wrong, a file that cannot be read is a file that is not there.
 */
export const nodeFileSystem: FileSystem = {
  async readText(path, maxBytes) {
    // Asked first: opening a pipe or a device could wait for ever.
    const found = await stat(path).catch(nothing);
    if (!found?.isFile() || found.size > maxBytes) return undefined;
    const bytes = await readFile(path).catch(nothing);
    // It may have grown meanwhile. A NUL byte is in no text but in nearly every binary file (and in UTF-16).
    if (bytes === undefined || bytes.length > maxBytes || bytes.includes(0)) return undefined;
    return decode(bytes);
  },

  async readDirectory(path) {
    const entries = await readdir(onDisk(path), { withFileTypes: true }).catch(nothing);
    return (entries ?? []).filter(isNameable).map(toEntry);
  },

  async stat(path) {
    const found = await stat(onDisk(path)).catch(nothing);
    return found && toStat(found);
  },

  async realPath(path) {
    const found = await realpath(onDisk(path)).catch(nothing);
    return found && normalizePath(found);
  },
};

/**
 * Writes a file that was read as `before`, or creates it where `before` is `undefined`; links are followed.
 * @throws an Error with a message for the person when the file changed since, is not UTF-8, or cannot be written.
 */
export async function saveText(path: string, before: string | undefined, after: string): Promise<void> {
  if (before !== undefined) {
    const bytes = await readFile(path);
    if (!bytes.equals(Buffer.from(before, 'utf8'))) {
      const reason = decode(bytes) === before ? 'it is not UTF-8' : 'it changed meanwhile';
      throw new Error(`${path} was left as it is: ${reason}`);
    }
  }
  await writeFile(path, after, before === undefined ? { flag: 'wx' } : {});
}

/** Node takes `c:` for the current folder of that drive; as a core path it is the drive's root. */
function onDisk(path: string): string {
  return /^[a-z]:$/.test(path) ? `${path}/` : path;
}

/**
 * `Buffer` keeps a byte order mark as the first character, which `TextDecoder` would strip: offsets are those of
 * the file, and a text that is written back is byte for byte what it was.
 */
function decode(bytes: Buffer): string {
  return bytes.toString('utf8');
}

/** A backslash separates folders in core paths, so a POSIX name that holds one cannot be told from a path. */
function isNameable(entry: Dirent): boolean {
  return !entry.name.includes('\\');
}

function toEntry(entry: Dirent): DirectoryEntry {
  const kind = entry.isSymbolicLink()
    ? 'link'
    : entry.isFile()
      ? 'file'
      : entry.isDirectory()
        ? 'directory'
        : 'other';
  return { name: entry.name, kind };
}

function toStat(found: Stats): FileStat {
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
  return { kind, size: found.size, modified: found.mtimeMs };
}

function nothing(): undefined {
  return undefined;
}
