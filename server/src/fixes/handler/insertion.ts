import type { TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { indentationAt } from '../textStyle.ts';
import type { ImportLine } from './imports.ts';
import type { PlannedFile } from './plannedFile.ts';

/** Code that one of the server's own files needs, so that the handler is reached from it. */
export interface Insertion {
  readonly into: PlannedFile;
  readonly at: Place;
  /** A template (see codeStyle.ts); it names functions of the handler, which are imported where they stand elsewhere. */
  readonly code: string;
  /** What else the code names, where the file may not have it yet. */
  readonly imports?: readonly ImportLine[];
}

/** Lines of their own before or behind a statement, or characters inside a line. */
export type Place =
  | { readonly before: Range }
  | { readonly after: Range }
  | { readonly offset: number }
  | { readonly replace: Range };

/** The edit; `undefined` where a line would have to be broken. */
export function editOf({ into: { file, facts }, at, code }: Insertion): TextEdit | undefined {
  const style = codeStyleOf(file.path, file.text, facts);
  if ('offset' in at) return insertAt(at.offset, inStyle(code, style));
  if ('replace' in at) return { ...at.replace, newText: inStyle(code, style) };
  const start = 'before' in at ? at.before.start : at.after.start;
  const indent = indentationAt(file.text, start);
  if (indent === undefined) return undefined;
  if ('after' in at) return insertAt(at.after.end, style.newline + inStyle(code, style, indent));
  const [first, ...others] = inStyle(code, style, indent).slice(indent.length).split(style.newline);
  return insertAt(start, [first, ...others, indent].join(style.newline));
}

export function insertAt(offset: number, newText: string): TextEdit {
  return { start: offset, end: offset, newText };
}
