import type { Range } from '../text/range.ts';

/**
 * A suppression comment: `mcp-shutdown-disable-next-line <id>[, <id>] -- reason` or
 * `mcp-shutdown-disable-file ...`, behind `//`, inside a block comment or behind `#`.
 */
export interface Directive {
  /** `unknown`: it begins like a suppression but is neither form (`mcp-shutdown-disable-line`), so it suppresses nothing. */
  readonly scope: 'next-line' | 'file' | 'unknown';
  /** The rules named, with the place of each; empty means every rule. */
  readonly rules: readonly { readonly id: string; readonly range: Range }[];
  /** The text after `--`, or `''`. */
  readonly reason: string;
  /** The whole comment, from its marker on. */
  readonly range: Range;
  /** `next-line`: the first offset of the line that the directive speaks of (the next line that is not a comment or blank). */
  readonly target: number;
  /**
   * `next-line`: set where what begins on that line goes on over lines that belong to it: behind the last of them
   * (a Dockerfile instruction; lines that begin inside a template or JSX text, above which no comment can stand).
   */
  readonly targetEnd?: number;
}

/** The directive stands first in its line of the comment; prose that mentions one is no directive. */
const pattern = /^[ \t/*#!]*mcp-shutdown-disable(?:-([\w-]*))?(?![\w-])([^\r\n]*)/dm;

/**
 * Reads the directive in a comment; `undefined` when there is none. What it speaks of (`target`) depends on the
 * language around it and is left to the caller.
 * @param comment the comment with its marker (`// ...`, `/* ... *\/`, `# ...`)
 * @param offset where the comment starts in its file
 */
export function parseDirective(comment: string, offset: number): Omit<Directive, 'target'> | undefined {
  const match = pattern.exec(comment);
  if (!match) return undefined;
  const [, form, rest = ''] = match;
  const words = rest.trimEnd().replace(/\*\/$/, '');
  const [names = '', ...reason] = words.split(/(?:^|\s)--(?:\s|$)/);
  const namesStart = offset + match.indices![2]![0];
  const rules = [...names.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => ({
    id,
    range: { start: namesStart + index, end: namesStart + index + id.length },
  }));
  return {
    scope: form === 'next-line' || form === 'file' ? form : 'unknown',
    rules,
    reason: reason.join('--').trim(),
    range: { start: offset, end: offset + comment.length },
  };
}
