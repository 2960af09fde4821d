/**
 * A half-open stretch of a text, as UTF-16 offsets. Everything below the editor and
 * command-line edges speaks offsets; only {@link ./lineMap.ts} knows lines and columns.
 */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whether `inner` lies wholly inside `outer` (equal ranges do). */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two ranges touch or overlap; a caret (empty range) at either end counts. */
export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}
