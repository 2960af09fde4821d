/** The line ending that a text uses (that of its first line). */
export function newlineOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The white space before an offset on its line, or `undefined` when something else stands there. */
export function indentationAt(text: string, offset: number): string | undefined {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  const isAtStart =
    start === 0 || /[\r\n]/.test(text[start - 1] ?? '') || (start === 1 && text[0] === '\uFEFF');
  return isAtStart ? text.slice(start, offset) : undefined;
}

/** The start of the first line of a block of comments that ends right above a line, or that line's own start. */
export function startWithComments(text: string, start: number): number {
  const before = text.slice(0, start);
  const comments = /(?:(?<=^|\n)[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?)\n)+$/.exec(before);
  if (!comments) return start;
  return comments.index === 0 && speaksOfFile.test(comments[0]) ? start : comments.index;
}

/** Comments that have to stay at the top of a file, whatever comes below them. */
const speaksOfFile = /@ts-(?:no)?check|eslint|biome-ignore|licen[sc]e|copyright|SPDX|@file|@module|@jsx/i;

/** The end of a statement, with its semicolon and the comment that ends its line, if one does. */
export function endWithComment(text: string, end: number): number {
  const rest = /^;?[ \t]*(?:\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)*(?:\/\/[^\r\n]*)?(?=\r|\n|$)/.exec(
    text.slice(end),
  );
  return rest ? end + rest[0].trimEnd().length : end;
}

/** Where the line of an offset begins. Looks at that line alone: texts without any `\r` are long. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start -= 1;
  return start;
}
