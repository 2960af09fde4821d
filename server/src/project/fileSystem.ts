/**
 * What the core may ask of a disk. The command line and the language server's Node entry give it node's;
 * tests give it a map; a browser entry could give it the editor's. All paths are core paths (text/paths.ts).
 */
export interface FileSystem {
  /** The text of a file, or `undefined` when it is missing, unreadable, binary or larger than `maxBytes`. */
  readText(path: string, maxBytes: number): Promise<string | undefined>;
  /** What a folder holds; `[]` when it is missing or unreadable. Order does not matter. */
  readDirectory(path: string): Promise<readonly DirectoryEntry[]>;
  /** Size and time of a file or folder (links followed), or `undefined` when it is missing. */
  stat(path: string): Promise<FileStat | undefined>;
  /** The path with every link in it followed, or `undefined` when it is missing or a loop. */
  realPath(path: string): Promise<string | undefined>;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  /** Size in bytes. */
  readonly size: number;
  /** Time of the last change, in ms since 1970. */
  readonly modified: number;
}
