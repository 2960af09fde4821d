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

const pattern = /mcp-shutdown-disable-(next-line|file)(?![\w-])[ \t]*([^\r\n]*?)[ \t]*(?:\*\/)?[ \t]*$/m;

/**
 * Reads the directive in a comment; `undefined` when there is none. What it speaks of (`target`) depends on the
 * language around it and is left to the caller.
 * @param comment the comment with its marker (`// ...`, `/* ... *\/`, `# ...`)
 * @param offset where the comment starts in its file
 */
export function parseDirective(comment: string, offset: number): Omit<Directive, 'target'> | undefined {
  const match = pattern.exec(comment);
  if (!match) return undefined;
  const [whole, scope, words] = match as unknown as [string, Directive['scope'], string];
  const [names = '', ...reason] = words.split(/(?:^|\s)--(?:\s|$)/);
  const namesStart = offset + match.index + whole.indexOf(words, whole.indexOf(scope) + scope.length);
  const rules = [...names.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => ({
    id,
    range: { start: namesStart + index, end: namesStart + index + id.length },
  }));
  return {
    scope,
    rules,
    reason: reason.join('--').trim(),
    range: { start: offset, end: offset + comment.length },
  };
}
