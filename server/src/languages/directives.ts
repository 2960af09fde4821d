import type { Range } from '../text/range.ts';

/**
 * A suppression comment: `mcp-shutdown-disable-next-line <id>[, <id>] -- reason` or
 * `mcp-shutdown-disable-file ...`, behind `//`, inside a block comment or behind `#`.
 */
export interface Directive {
  readonly scope: 'next-line' | 'file';
  /** The rules named, with the place of each; empty means every rule. */
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  /** The text after `--`, or `''`. */
  readonly reason: string;
  /** The whole comment, from its marker on. */
  readonly range: Range;
  /** `next-line`: the first offset of the line that the directive speaks of (the next line that is not a comment or blank). */
  readonly target: number;
}
