import type { Binding } from '../../../languages/source/facts.ts';
import type { ImportLine } from '../../source/imports.ts';
import type { Insertion } from '../../source/insertion.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';

/** A step of the clean-up after the drain. */
export interface Step {
  /** In a reader's words, for the log. */
  readonly what: string;
  /** An expression: `pool.end()`. */
  readonly run: string;
  /** In place of `run`: the lines of a function, in the author's own words. */
  readonly lines?: readonly string[];
  /** Lines above it in the list: comments of the author's that belong to it. */
  readonly comments?: readonly string[];
  readonly imports: readonly ImportLine[];
  /** What other files need for it. */
  readonly insertions?: readonly Insertion[];
}

/** Where the steps are listed: a place in a function of a file. */
export interface StepsPlace {
  readonly into: PlannedFile;
  readonly fn: number;
  readonly statement: { readonly start: number };
}

/** A variable that holds a resource. */
export interface HeldVariable {
  readonly what: string;
  readonly into: PlannedFile;
  readonly binding: Binding;
  /** `pool.end()` */
  readonly run: string;
}

/** Whether a name means another thing in a file: that would be released in its place. */
export function isTaken(name: string, { facts }: PlannedFile): boolean {
  return facts.bindings.some((binding) => binding.name === name && binding.kind !== 'import');
}
