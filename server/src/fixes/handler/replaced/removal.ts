import type { Range } from '../../../text/range.ts';
import { endWithComment, lineStart, startWithComments } from '../../textStyle.ts';

/** Words of comments about the end of a server: they go with what handles it, whatever else follows. */
const tellsOfEnd =
  /sig(?:nal|term|int|hup)|shut|stop|exit|quit|kill|terminat|interrupt|graceful|clean|ctrl|\beof\b|stdin|\bend/i;

/**
 * Widens what is taken out of a text to what belongs to it: white space before it, the comment that ends its line,
 * and the comment lines above that speak of nothing else.
 */
export function removals(text: string, ranges: readonly Range[]): Range[] {
  const whole: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => b.start - a.start)) {
    const [next] = whole;
    if (next && next.start <= start && end <= next.end) continue;
    const lineEnd = endWithComment(text, end);
    const isAlone =
      /^\s*?(\r\n|\n|\r|$)[ \t]*(\r\n|\n|\r|\}|$)/.test(text.slice(lineEnd)) ||
      (next !== undefined && text.slice(lineEnd, next.start).trim() === '');
    whole.unshift({ start: startWithOwnComments(text, start, isAlone), end: lineEnd });
  }
  const groups: Range[] = [];
  for (const { start, end } of whole) {
    const last = groups.at(-1);
    if (last && (start <= last.end || text.slice(last.end, start).trim() === ''))
      groups[groups.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else groups.push({ start, end });
  }
  return groups.map(({ start, end }) => ({ start: text.slice(0, start).trimEnd().length, end }));
}

function startWithOwnComments(text: string, start: number, isAlone: boolean): number {
  const line = lineStart(text, start);
  const above = text.slice(line, start).trim() === '' ? startWithComments(text, line) : start;
  if (isAlone || tellsOfEnd.test(text.slice(above, line))) return above;
  // A `/** ... */` in front of something is about it.
  const doc = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(0, start));
  return doc && /(^|\n)[ \t]*$/.test(text.slice(0, doc.index)) ? doc.index : start;
}
