import type { Finding, Fix, Rule } from '../engine/types.ts';
import type { ProjectFile } from '../project/project.ts';
import { isInside, relativePath } from '../text/paths.ts';
import type { Range } from '../text/range.ts';

/** What a check found, as the reporters need it. */
export interface CheckReport {
  /** The folder that JSON and SARIF paths are seen from: the checked folder, or the current one. */
  readonly base: string;
  /** The current folder: text is read, and its paths clicked, from there. */
  readonly cwd: string;
  readonly findings: readonly ReportedFinding[];
  /** How many hints were left out of `findings`, because nobody asked for them. */
  readonly hiddenHints: number;
  /** All rules, for what is said of them. */
  readonly rules: readonly Rule[];
  /** How many findings `--fix` did away with; `undefined` without it. */
  readonly fixed: number | undefined;
  /** What was left out of the check and why. */
  readonly limits: readonly string[];
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
  /** How much there was to look at in the checked paths. */
  readonly servers: number;
  readonly dockerfiles: number;
  readonly version: string;
}

export interface ReportedFinding extends Finding {
  readonly file: ProjectFile;
  /** The preferred fix first. */
  readonly fixes: readonly Fix[];
  /** A file of the finding's project: of a related location, or one that a fix changes. */
  fileAt(path: string): ProjectFile | undefined;
}

/** A range as people count: all numbers start at 1, columns are in UTF-16 units, the end is behind the last one. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The place of a range. A byte order mark is no column: editors do not show it. */
export function placeOf(file: ProjectFile, range: Range): Place {
  const hasMark = file.text.startsWith('\uFEFF');
  const [start, end] = [range.start, range.end].map((offset) => {
    const { line, character } = file.lines.positionAt(offset);
    return { line: line + 1, column: character + (hasMark && line === 0 && character > 0 ? 0 : 1) };
  });
  return { line: start!.line, column: start!.column, endLine: end!.line, endColumn: end!.column };
}

/** A path from a folder, `.` for the folder itself; with `..` where it lies outside. */
export function shortPath(folder: string, path: string): string {
  // Nothing in common but the root (or not even that, on Windows): the whole path says more.
  const isFar = !isInside(folder, path) && relativePath(folder, path).startsWith('../../../');
  return isFar ? path : relativePath(folder, path) || '.';
}

/** `1 problem`, `2 problems`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
