import type { DataMap } from '../../languages/data.ts';
import type { TextEdit } from '../../text/edits.ts';
import { indentationAt, newlineOf } from '../textStyle.ts';

/** Lines as one more key of a block map, behind its first key that stands on one line. */
export function behindFirstKey(text: string, map: DataMap, lines: readonly string[]): TextEdit | undefined {
  const own = map.entries.filter(({ isMerged }) => !isMerged);
  const entry = own.find(
    ({ value }) => value.kind === 'scalar' && !text.slice(value.start, value.end).includes('\n'),
  );
  const [first] = own;
  if (map.isFlow || !entry || !first) return undefined;
  const lineStart = text.lastIndexOf('\n', first.keyRange.start - 1) + 1;
  const before = text.slice(lineStart, first.keyRange.start);
  // The first key may stand behind the dash of a list.
  const indent =
    indentationAt(text, first.keyRange.start) ??
    (/^[ \t]*(-[ \t]+)+$/.test(before) ? before.replaceAll('-', ' ') : undefined);
  if (indent === undefined) return undefined;
  const lineEnd = /[^\r\n]*/y;
  lineEnd.lastIndex = Math.max(entry.value.end, entry.keyRange.end);
  lineEnd.test(text);
  const start = lineEnd.lastIndex;
  const newText = lines.map((line) => `${newlineOf(text)}${indent}${line}`).join('');
  return { start, end: start, newText };
}

/** One more entry in front of the first one of a map in braces; between them stands what stood in front of that. */
export function intoBraces(text: string, map: DataMap, entry: string): TextEdit | undefined {
  if (text[map.start] !== '{') return undefined;
  const [first] = map.entries;
  const start = first && !first.isMerged ? first.keyRange.start : map.start + 1;
  const between = text.slice(map.start + 1, start);
  if (between.trim() !== '') return undefined;
  const newText = first ? `${entry},${between === '' ? ' ' : between}` : entry;
  return { start, end: start, newText };
}
