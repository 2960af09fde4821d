import { insertAt, type TextEdit } from '../../text/edits.ts';
import type { Range } from '../../text/range.ts';
import { codeStyleOf, inStyle } from '../codeStyle.ts';
import { endWithComment, indentationAt, startWithComments } from '../textStyle.ts';
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

/**
 * Lines of their own before or behind a statement and its comments; characters inside a line, or in place of some; lines
 * before a statement without braces (`if (known) return ...`), which gets them.
 */
export type Place =
  | { readonly before: Range }
  | { readonly after: Range }
  | { readonly offset: number }
  | { readonly replace: Range }
  | { readonly bracing: Range }
  | { readonly edits: readonly TextEdit[] };

/** The offset that a place begins at. */
export function startOf(at: Place): number {
  if ('edits' in at) return Math.min(...at.edits.map(({ start }) => start));
  if ('offset' in at) return at.offset;
  if ('before' in at) return at.before.start;
  if ('after' in at) return at.after.start;
  return 'replace' in at ? at.replace.start : at.bracing.start;
}

/** The edits; `undefined` where a line would have to be broken. */
export function editsOf({ into: { file, facts }, at, code }: Insertion): TextEdit[] | undefined {
  if ('edits' in at) return [...at.edits];
  const style = codeStyleOf(file.path, file.text, facts);
  const { newline } = style;
  if ('offset' in at) return [insertAt(at.offset, inStyle(code, style))];
  if ('replace' in at) return [{ ...at.replace, newText: inStyle(code, style) }];
  if ('bracing' in at) {
    const outer = /[ \t]*/.exec(lineBefore(file.text, at.bracing.start))?.[0] ?? '';
    const inner = outer + style.indent;
    const lines = inStyle(code, style, inner);
    return [
      insertAt(at.bracing.start, `{${newline}${lines}${newline}${inner}`),
      insertAt(endWithComment(file.text, at.bracing.end), `${newline}${outer}}`),
    ];
  }
  const { start } = 'before' in at ? at.before : at.after;
  const indent = indentationAt(file.text, start);
  if (indent === undefined) return undefined;
  const lines = inStyle(code, style, indent);
  if ('after' in at) return [insertAt(endWithComment(file.text, at.after.end), newline + lines)];
  return [insertAt(startWithComments(file.text, start - indent.length), lines + newline)];
}

/** What a line holds before an offset. */
function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}
