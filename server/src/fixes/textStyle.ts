/** The line ending that a text uses (that of its first line). */
export function newlineOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The white space before an offset on its line, or `undefined` when something else stands there. */
export function indentationAt(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^\uFEFF?[ \t]*$/.test(before) ? before.replace('\uFEFF', '') : undefined;
}

/** The start of the first line of a block of comments that ends right above a line, or that line's own start. */
export function startWithComments(text: string, start: number): number {
  const before = text.slice(0, start);
  const comments = /(?:(?<=^|\n)[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?)\n)+$/.exec(before);
  return comments ? comments.index : start;
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
