import type { JoinedText } from '../../languages/dockerfile/facts.ts';
import { originalRange } from '../../languages/dockerfile/joined.ts';
import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';

/**
 * Carries edits of a joined text over to the file, so that continuation lines and the comments between them stay
 * as they are. An insertion goes in front of the character that follows it.
 * @returns `undefined` when an edit would delete a comment that stands inside the stretch it replaces
 */
export function editsInFile(
  fileText: string,
  joined: JoinedText,
  edits: readonly TextEdit[],
): TextEdit[] | undefined {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const range = originalRange(joined, edit);
    if (/\n[ \t]*#/.test(fileText.slice(range.start, range.end))) return undefined;
    result.push({ ...range, newText: edit.newText });
  }
  return result;
}

/** Whether the whole argument stands on one line, so that it may be replaced in one piece. */
export function isOnOneLine(joined: JoinedText): boolean {
  return joined.segments.length <= 1;
}

/** Puts a comment on a line of its own above an instruction, which is where Docker takes comments. */
export function commentAbove(fileText: string, instruction: Range, comment: string): TextEdit {
  const lineStart = fileText.lastIndexOf('\n', instruction.start - 1) + 1;
  const indentation = /^[ \t]*/.exec(fileText.slice(lineStart, instruction.start))![0];
  const ending = /\r?\n/.exec(fileText)?.[0] ?? '\n';
  const at = instruction.start;
  return { start: at, end: at, newText: `${comment}${ending}${indentation}` };
}
