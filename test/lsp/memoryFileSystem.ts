import type { DirectoryEntry, FileStat, FileSystem } from '../../server/src/project/fileSystem.ts';
import { isInside, relativePath } from '../../server/src/text/paths.ts';

/** A disk that is a map; a test changes it by writing to and deleting from `files`. */
export class MemoryFileSystem implements FileSystem {
  readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files));
  }

  async readText(path: string, maxBytes: number): Promise<string | undefined> {
    const text = this.files.get(path);
    return text === undefined || Buffer.byteLength(text) > maxBytes ? undefined : text;
  }

  async readDirectory(path: string): Promise<readonly DirectoryEntry[]> {
    const entries = new Map<string, DirectoryEntry>();
    for (const file of this.files.keys()) {
      if (file === path || !isInside(path, file)) continue;
      const [name = '', ...below] = relativePath(path, file).split('/');
      entries.set(name, { name, kind: below.length > 0 ? 'directory' : 'file' });
    }
    return [...entries.values()];
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const text = this.files.get(path);
    if (text !== undefined) return { kind: 'file', size: Buffer.byteLength(text), modified: 0 };
    const isFolder = [...this.files.keys()].some((file) => isInside(path, file));
    return isFolder ? { kind: 'directory', size: 0, modified: 0 } : undefined;
  }

  async realPath(path: string): Promise<string | undefined> {
    return (await this.stat(path)) && path;
  }
}
