import type { FileSystem } from '../project/fileSystem.ts';
import type { LogStream } from '../sizing/logStream.ts';

/** All that the command line touches; `cliMain.ts` gives it node's, tests give it their own. */
export interface Environment {
  /** The arguments, without the program. */
  readonly argv: readonly string[];
  /** The current folder, a core path. */
  readonly cwd: string;
  readonly fileSystem: FileSystem;
  /** Writes a file that was read as `before` (`undefined`: creates it). @throws an Error with a message for the person. */
  saveText(path: string, before: string | undefined, after: string): Promise<void>;
  /** The core path of a path as the person typed it. */
  toCorePath(path: string): string;
  /** The page of a rule, or `undefined` when it is not there. */
  readPage(ruleId: string): Promise<string | undefined>;
  /** Opens a log by its path as the person typed it, `-` for standard input. @throws LogError when it cannot be read. */
  openLog(path: string): Promise<LogStream>;
  /** Standard output and standard error. */
  write(text: string): void;
  writeError(text: string): void;
  /** Whether standard output is a terminal, and its width in columns. */
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** Whether standard error is a terminal. */
  readonly isErrorTTY: boolean;
  /** The environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The product's version. */
  readonly version: string;
}
