import type { ImportLine } from '../source/imports.ts';
import type { Insertion } from '../source/insertion.ts';
import type { PlannedFile } from '../source/plannedFile.ts';

/** Code that a server gets, and what connects its files with it. It goes into one of them, or into a module beside it. */
export interface CodePlan {
  /** The file that gets the code, or beside which the module stands. */
  readonly main: PlannedFile;
  /** A template: variables, which have to stand before anything that may use them. */
  readonly state: string;
  /** A template: functions. */
  readonly functions: string;
  /** What the templates name. */
  readonly imports: readonly ImportLine[];
  /** What connects the server's own files with the code. */
  readonly insertions: readonly Insertion[];
  /** Bindings of the main file that the functions name. */
  readonly named: readonly number[];
}
