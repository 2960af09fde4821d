import type { Range } from './range.ts';

/** Replaces the text of a range; an empty range inserts, an empty `newText` deletes. */
export interface TextEdit extends Range {
  readonly newText: string;
}

/** The edit that puts text in at an offset. */
export function insertAt(offset: number, newText: string): TextEdit {
  return { start: offset, end: offset, newText };
}

/** Edits of several files, by path. A path that does not exist yet is a file to create. */
export type FileEdits = ReadonlyMap<string, readonly TextEdit[]>;

/**
 * Applies edits that were all computed against `text`.
 * Insertions at one offset keep their given order.
 * @throws RangeError when two edits overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = inOrder(edits);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`edit ${edit.start}..${edit.end} overlaps another or lies outside the text`);
    }
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Whether any edit of `a` overlaps one of `b`, so that both cannot be applied to the same text. */
export function editsConflict(a: readonly TextEdit[], b: readonly TextEdit[]): boolean {
  return a.some((x) =>
    b.some((y) => (x.start < y.end && y.start < x.end) || (x.start === y.start && x.end === y.end)),
  );
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
}
