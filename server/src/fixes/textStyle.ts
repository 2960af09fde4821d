/** The line ending that a text uses (that of its first line). */
export function newlineOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The white space before an offset on its line, or `undefined` when something else stands there. */
export function indentationAt(text: string, offset: number): string | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const before = text.slice(lineStart, offset);
  return /^\uFEFF?[ \t]*$/.test(before) ? before.replace('\uFEFF', '') : undefined;
}
