import { stringArray } from '../../languages/dockerfile/execForm.ts';
import type { Command, JoinedText } from '../../languages/dockerfile/facts.ts';
import { splitInstructions } from '../../languages/dockerfile/instructions.ts';
import { originalRange } from '../../languages/dockerfile/joined.ts';
import { applyEdits, insertAt, type TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';

/**
 * Turns edits of a command's joined argument into edits of the file. On several lines each piece stays where it is,
 * with the continuations and comments in between; on one line, or where the pieces would not read as meant, the
 * argument is replaced as a whole.
 * @param array the new argument on one line
 * @returns `undefined` when a comment stands in the way
 */
export function argumentEdits(
  fileText: string,
  { argument }: Command,
  pieces: readonly TextEdit[],
  array: string,
): TextEdit[] | undefined {
  const whole = [{ ...argument.range, newText: array }];
  if (argument.segments.length <= 1) return whole;
  const edits = pieces.map((piece) => ({ ...originalRange(argument, piece), newText: piece.newText }));
  const losesComment = edits.some((edit) => hasComment(fileText, edit));
  if (!losesComment && readsAs(fileText, argument, edits, array)) return edits;
  return hasComment(fileText, argument.range) ? undefined : whole;
}

function hasComment(fileText: string, { start, end }: Range): boolean {
  return /\n[ \t]*#/.test(fileText.slice(start, end));
}

/** Whether the file then has the same instructions, and the argument is the array. */
function readsAs(
  fileText: string,
  { range }: JoinedText,
  edits: readonly TextEdit[],
  array: string,
): boolean {
  const before = splitInstructions(fileText).instructions;
  const after = splitInstructions(applyEdits(fileText, edits)).instructions;
  const index = before.findIndex(({ argument }) => argument.range.start === range.start);
  const isSame = (text = '') => JSON.stringify(stringArray(text)) === JSON.stringify(stringArray(array));
  return (
    after.length === before.length &&
    after.every(
      ({ keyword, argument: { text } }, at) =>
        keyword === before[at]!.keyword && (at === index ? isSame(text) : text === before[at]!.argument.text),
    )
  );
}

/** Puts a comment on a line of its own above an instruction, which is where Docker takes comments. */
export function commentAbove(fileText: string, instruction: Range, comment: string): TextEdit {
  const lineStart = fileText.lastIndexOf('\n', instruction.start - 1) + 1;
  const indentation = /^[ \t]*/.exec(fileText.slice(lineStart, instruction.start))![0];
  const ending = /\r?\n/.exec(fileText)?.[0] ?? '\n';
  const at = instruction.start;
  return insertAt(at, `${comment}${ending}${indentation}`);
}
