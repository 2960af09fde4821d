import type { Range } from '../../text/range.ts';
import { contains } from '../../text/range.ts';
import { type Directive, parseDirective } from '../directives.ts';

/** The suppression comments of a Dockerfile; those inside a continued instruction count too, heredocs do not. */
export function dockerfileDirectives(text: string, heredocs: readonly Range[]): Directive[] {
  if (!text.includes('mcp-shutdown-disable')) return [];
  return commentLines(text, heredocs).flatMap((comment) => {
    const directive = parseDirective(text.slice(comment.start, comment.end), comment.start);
    return directive ? [{ ...directive, target: nextContent(text, comment.end) }] : [];
  });
}

/** Each line whose first character is `#`, from there to its end. */
function commentLines(text: string, heredocs: readonly Range[]): Range[] {
  return [...text.matchAll(/^[ \t\uFEFF]*(#[^\r\n]*)/gm)]
    .map(({ 0: line, 1: comment, index }) => {
      const end = index + line.length;
      return { start: end - comment!.length, end };
    })
    .filter((comment) => !heredocs.some((heredoc) => contains(heredoc, comment)));
}

/** The start of the next line that is neither blank nor a comment, or the text's end. */
function nextContent(text: string, from: number): number {
  const skipped = /[^\r\n]*(?:\r\n|\r|\n|$)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*/y;
  skipped.lastIndex = from;
  return skipped.test(text) ? skipped.lastIndex : text.length;
}
