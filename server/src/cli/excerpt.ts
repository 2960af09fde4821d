import type { ProjectFile } from '../project/project.ts';
import type { Range } from '../text/range.ts';
import { placeOf } from './report.ts';
import { cells, printable } from './terminal.ts';

/** A source line and the marks that go below it. */
export interface Excerpt {
  readonly line: string;
  /** Blanks up to the range, then carets. */
  readonly marks: string;
}

/** How much of a long line is shown before the range, in UTF-16 units. */
const lead = 20;

/** The first line of a range, with carets below it; of a line longer than `width` columns only the part that counts. */
export function excerptOf(file: ProjectFile, range: Range, width: number): Excerpt {
  const place = placeOf(file, range);
  const text = file.lines.lineText(place.line - 1).replace(/^\uFEFF/, '');
  const end = place.endLine === place.line ? place.endColumn - 1 : text.trimEnd().length;
  // A minified line may have millions of characters: only those near the range are ever looked at.
  const isLong = text.length > width;
  const from = isLong ? Math.max(0, place.column - 1 - lead) : 0;
  const shown = cells(printable(text.slice(from, from + width)));
  const before = from > 0 ? '…' : '';
  const after = from + width < text.length ? '…' : '';

  let offset = from;
  let [blanks, carets] = [before.length, 0];
  let line = before;
  for (const cell of shown) {
    line += cell.text;
    if (offset < place.column - 1) blanks += cell.width;
    else if (offset < end) carets += cell.width;
    offset += cell.length;
  }
  return { line: (line + after).trimEnd(), marks: ' '.repeat(blanks) + '^'.repeat(Math.max(1, carets)) };
}
