import type { Range } from '../../text/range.ts';
import { contains } from '../../text/range.ts';
import { type Directive, parseDirective } from '../directives.ts';
import type { Instruction } from './instructions.ts';

/**
 * The suppression comments of a Dockerfile. Above an instruction one speaks of all its lines, inside a continued
 * instruction of the next line; in heredocs there are none.
 */
export function dockerfileDirectives(text: string, instructions: readonly Instruction[]): Directive[] {
  if (!text.includes('mcp-shutdown-disable')) return [];
  const heredocs = instructions.flatMap(({ heredocs: lines }) => lines ?? []);
  return commentLines(text, heredocs).flatMap((comment) => {
    const directive = parseDirective(text.slice(comment.start, comment.end), comment.start);
    if (!directive) return [];
    const target = nextContent(text, comment.end);
    return [{ ...directive, target, targetEnd: instructionEnd(text, target, instructions) }];
  });
}

/** The end of the instruction that begins on the line of `target`, where one does. */
function instructionEnd(
  text: string,
  target: number,
  instructions: readonly Instruction[],
): number | undefined {
  const indentation = /[ \t\uFEFF]*/y;
  indentation.lastIndex = target;
  indentation.test(text);
  const first = instructions.find(({ keywordRange }) => keywordRange.start === indentation.lastIndex);
  return first && (first.heredocs ?? first.argument.range).end;
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
