import { DockerfileParser } from 'dockerfile-ast';
import type { Range } from '../../text/range.ts';
import type { JoinedText } from './facts.ts';
import { joinLines } from './joined.ts';

/** One instruction as it stands in the file. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  readonly keywordRange: Range;
  /** What follows the keyword, its lines joined. */
  readonly argument: JoinedText;
  /** The lines of its heredocs, where it has any. */
  readonly heredocs?: Range;
}

export interface Instructions {
  readonly escapeCharacter: '\\' | '`';
  readonly instructions: readonly Instruction[];
}

/**
 * Splits a Dockerfile into its instructions. The only place that knows the parser library.
 * A text that the library cannot read has no instructions.
 */
export function splitInstructions(text: string): Instructions {
  const shift = text.startsWith('\uFEFF') ? 1 : 0;
  try {
    return read(text, shift);
  } catch {
    return { escapeCharacter: '\\', instructions: [] };
  }
}

interface LibraryRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

function read(text: string, shift: number): Instructions {
  const content = text.slice(shift);
  const starts = lineStarts(content);
  const offset = ({ line, character }: LibraryRange['start']): number =>
    shift + (starts[line] ?? content.length) + character;
  const file = DockerfileParser.parse(content);
  const escapeCharacter = file.getEscapeCharacter() === '`' ? '`' : '\\';
  const instructions = file.getInstructions().map((instruction) => {
    const keyword = instruction.getInstructionRange();
    const keywordRange = { start: offset(keyword.start), end: offset(keyword.end) };
    const end = offset(instruction.getRange().end);
    const { joined, next } = joinLines(text, { start: keywordRange.end, end }, escapeCharacter);
    return {
      keyword: instruction.getKeyword(),
      keywordRange,
      argument: joined,
      ...(next < end ? { heredocs: { start: next, end } } : {}),
    };
  });
  return { escapeCharacter, instructions };
}

/** Where the lines start; the library, too, takes a lone carriage return for a line's end. */
function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: ending, index }) => index + ending.length)];
}
