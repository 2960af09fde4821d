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
  const byStart = new Map(instructions.map((instruction) => [instruction.keywordRange.start, instruction]));
  const found: Directive[] = [];
  // Backwards, so that of a stack of comments each looks no further than the one below it.
  for (const comment of commentLines(text, heredocs).toReversed()) {
    const directive = parseDirective(text.slice(comment.start, comment.end), comment.start);
    if (!directive) continue;
    const target = nextContent(text, comment.end, found.at(-1));
    found.push({ ...directive, target, targetEnd: instructionEnd(text, target, byStart) });
  }
  return found.toReversed();
}

/** The end of the instruction that begins on the line of `target`, where one does. */
function instructionEnd(
  text: string,
  target: number,
  byStart: ReadonlyMap<number, Instruction>,
): number | undefined {
  const indentation = /[ \t\uFEFF]*/y;
  indentation.lastIndex = target;
  indentation.test(text);
  const first = byStart.get(indentation.lastIndex);
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
