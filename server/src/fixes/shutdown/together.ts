import type { FileEdits, TextEdit } from '../../text/edits.ts';

/** Several changes as one; what they insert at the same place comes in the given order. */
export function together(parts: readonly FileEdits[]): FileEdits {
  const all = new Map<string, readonly TextEdit[]>();
  for (const part of parts)
    for (const [path, edits] of part) all.set(path, [...(all.get(path) ?? []), ...edits]);
  return all;
}
