import { editsConflict, type FileEdits, type TextEdit } from '../../text/edits.ts';

/** Several changes as one; what they insert at the same place comes in the given order. */
export function together(parts: readonly FileEdits[]): FileEdits {
  const all = new Map<string, readonly TextEdit[]>();
  for (const part of parts)
    for (const [path, edits] of part) all.set(path, [...(all.get(path) ?? []), ...edits]);
  return all;
}

/**
 * Changes that were worked out for one handler each, as one: what two of them do alike is done once. `undefined` where
 * they would change the same text in different ways.
 */
export function agreed(parts: readonly FileEdits[]): FileEdits | undefined {
  const all = new Map<string, readonly TextEdit[]>();
  for (const part of parts) {
    for (const [path, edits] of part) {
      const known = all.get(path) ?? [];
      const added = edits.filter((edit) => !known.some((other) => isSame(edit, other)));
      if (editsConflict(added, known)) return undefined;
      all.set(path, [...known, ...added]);
    }
  }
  return all;
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}
