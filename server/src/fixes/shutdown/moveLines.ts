import type { Statement } from '../../languages/source/facts.ts';
import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { indentationAt, lineStart, startWithComments } from '../textStyle.ts';
import { type HandlerCode, lineEndAfter } from './handlerCode.ts';

/** Where the lines of a statement begin, the comments above it included; `undefined` where it shares its first line. */
export function linesStart({ text }: HandlerCode, { start }: Range): number | undefined {
  return indentationAt(text, start) === undefined
    ? undefined
    : startWithComments(text, lineStart(text, start));
}

/** Where the lines of a statement end; `undefined` where more code follows on the last, or the text ends there. */
export function linesEnd({ text }: HandlerCode, { end }: Range): number | undefined {
  const after = lineEndAfter(text, end);
  return after !== undefined && /[\r\n]/.test(text[after - 1] ?? '') ? after : undefined;
}

/** Where lines can be put at the end of a function's block, and how they are indented; `undefined` where it is left before. */
export function endOfBlock(code: HandlerCode): { offset: number; indent: string } | undefined {
  const last = code.fn.statements.at(-1);
  const offset = last && linesEnd(code, last);
  const indent = last && indentationAt(code.text, last.start);
  if (offset === undefined || indent === undefined || /^(return|throw|jump)$/.test(last?.kind ?? ''))
    return undefined;
  return { offset, indent };
}

/** Takes statements that follow each other out, and puts their lines and comments at the start of another line. */
export function moveLines(
  code: HandlerCode,
  moved: readonly Statement[],
  to: number | undefined,
): TextEdit[] | undefined {
  const [first] = moved;
  const last = moved.at(-1);
  const start = first && linesStart(code, first);
  const end = last && linesEnd(code, last);
  if (start === undefined || end === undefined || to === undefined) return undefined;
  const { text, style } = code;
  const before = lineBefore(text, start);
  const isApart = before.trim() === '';
  // What stood in a paragraph of its own does so again, and leaves no empty lines behind.
  const leavesGap = isApart && /^\s*(\}.*)?$/.test(lineFrom(text, end));
  const from = leavesGap ? start - before.length : start;
  const above = isApart && !/^\s*$|\{\s*$/.test(lineBefore(text, to)) ? style.newline : '';
  const below = isApart && !/^\s*(\}.*)?$/.test(lineFrom(text, to)) ? style.newline : '';
  return [
    { start: to, end: to, newText: above + text.slice(start, end) + below },
    { start: from, end, newText: '' },
  ];
}

/** The line above one that begins at an offset, with its ending. */
function lineBefore(text: string, start: number): string {
  let end = start;
  if (text[end - 1] === '\n') end -= 1;
  if (text[end - 1] === '\r') end -= 1;
  return text.slice(lineStart(text, end), start);
}

function lineFrom(text: string, start: number): string {
  return /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
}
