import type { Range } from '../../text/range.ts';
import type { JoinedText } from './facts.ts';

/**
 * Joins the lines of an instruction the way Docker does before it looks at them: each continuation goes, with
 * its line ending, and so do the comment lines and empty lines in between; the indentation of a continued line
 * stays. Whitespace at both ends is trimmed.
 * @param range the stretch to join, from behind the instruction's keyword to its end
 * @returns the joined text, and where the line behind its last line starts
 */
export function joinLines(
  text: string,
  range: Range,
  escapeCharacter: string,
): { readonly joined: JoinedText; readonly next: number } {
  const pieces: Range[] = [];
  let at = range.start;
  let isFirst = true;
  while (at < range.end) {
    const line = lineAt(text, at, range.end);
    const isSkipped = !isFirst && /^\s*(#|$)/.test(text.slice(at, line.end));
    const continuation = isSkipped ? line.end : continuationAt(text, line, escapeCharacter);
    if (!isSkipped) pieces.push({ start: at, end: continuation ?? line.end });
    at = line.next;
    isFirst = false;
    if (continuation === undefined) break;
  }
  return { joined: trimmed(text, pieces), next: at };
}

/** The offset in the file of an offset in the joined text; the joined text's end lies behind its last character. */
export function originalOffset(joined: JoinedText, offset: number): number {
  const { segments } = joined;
  for (const segment of segments) {
    if (offset < segment.joined + segment.length) return segment.original + (offset - segment.joined);
  }
  const last = segments.at(-1);
  return last ? last.original + last.length : joined.range.start;
}

/** The stretch of the file that a stretch of the joined text came from, continuations in between included. */
export function originalRange(joined: JoinedText, range: Range): Range {
  const start = originalOffset(joined, range.start);
  return { start, end: range.end > range.start ? originalOffset(joined, range.end - 1) + 1 : start };
}

function lineAt(text: string, start: number, limit: number): Range & { readonly next: number } {
  let end = start;
  while (end < limit && text[end] !== '\n') end += 1;
  const next = end < limit ? end + 1 : limit;
  while (end > start && text[end - 1] === '\r') end -= 1;
  return { start, end, next };
}

/** Where the line's continuation mark stands, or `undefined`; a mark behind another mark is an ordinary character. */
function continuationAt(text: string, line: Range, escapeCharacter: string): number | undefined {
  let at = line.end - 1;
  while (at >= line.start && (text[at] === ' ' || text[at] === '\t')) at -= 1;
  if (at < line.start || text[at] !== escapeCharacter) return undefined;
  return at > line.start && text[at - 1] === escapeCharacter ? undefined : at;
}

function trimmed(text: string, pieces: readonly Range[]): JoinedText {
  const whole = pieces.map(({ start, end }) => text.slice(start, end)).join('');
  const from = whole.length - whole.trimStart().length;
  const to = Math.max(from, whole.trimEnd().length);
  const segments: { joined: number; original: number; length: number }[] = [];
  let joined = 0;
  for (const piece of pieces) {
    const length = piece.end - piece.start;
    const start = Math.max(from, joined);
    const end = Math.min(to, joined + length);
    if (start < end) {
      segments.push({ joined: start - from, original: piece.start + start - joined, length: end - start });
    }
    joined += length;
  }
  const first = segments[0];
  const last = segments.at(-1);
  const fallback = pieces[0]?.start ?? 0;
  return {
    text: whole.slice(from, to),
    range: {
      start: first?.original ?? fallback,
      end: last ? last.original + last.length : fallback,
    },
    segments,
  };
}
