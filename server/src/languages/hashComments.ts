import type { Range } from '../text/range.ts';
import { contains } from '../text/range.ts';
import { type Directive, parseDirective } from './directives.ts';

/**
 * The suppression comments of a text in which `#` begins a comment line. One speaks of the next line that is neither
 * blank nor a comment.
 * @param opaque stretches in which `#` begins no comment (heredocs)
 */
export function hashDirectives(text: string, opaque: readonly Range[]): Directive[] {
  if (!text.includes('mcp-shutdown-disable')) return [];
  const found: Directive[] = [];
  // Backwards, so that of a stack of comments each looks no further than the one below it.
  for (const comment of commentLines(text, opaque).toReversed()) {
    const directive = parseDirective(text.slice(comment.start, comment.end), comment.start);
    if (directive) found.push({ ...directive, target: nextContent(text, comment.end, found.at(-1)) });
  }
  return found.toReversed();
}

/** Each line whose first character is `#`, from there to its end. */
function commentLines(text: string, opaque: readonly Range[]): Range[] {
  return [...text.matchAll(/^[ \t\uFEFF]*(#[^\r\n]*)/gm)]
    .map(({ 0: line, 1: comment, index }) => {
      const end = index + line.length;
      return { start: end - comment!.length, end };
    })
    .filter((comment) => !opaque.some((range) => contains(range, comment)));
}

/** The start of the next line that is neither blank nor a comment, or the text's end; what `below` speaks of, where that is next. */
function nextContent(text: string, from: number, below: Directive | undefined): number {
  const firstLine = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
  const skippedLine = /[ \t]*(#[^\r\n]*)?(?:\r\n|\r|\n)/dy;
  firstLine.lastIndex = from;
  firstLine.test(text);
  let at = firstLine.lastIndex;
  for (;;) {
    skippedLine.lastIndex = at;
    const line = skippedLine.exec(text);
    if (!line) return at;
    if (below && line.indices?.[1]?.[0] === below.range.start) return below.target;
    at = skippedLine.lastIndex;
  }
}
