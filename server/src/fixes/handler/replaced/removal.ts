import type { Range } from '../../../text/range.ts';

/**
 * Widens what is taken out of a text to what belongs to it: white space before it, the comment that ends its line,
 * and the comment lines above that speak of nothing else.
 */
export function removals(text: string, ranges: readonly Range[]): Range[] {
  const groups: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = groups.at(-1);
    const lineEnd = end + (/^;?[ \t]*(\/\/[^\r\n]*)?(?=\r|\n|$)/.exec(text.slice(end))?.[0].length ?? 0);
    const whole = { start: startWithDoc(text, start), end: lineEnd };
    if (last && whole.start <= last.end)
      groups[groups.length - 1] = { start: last.start, end: Math.max(last.end, lineEnd) };
    else if (last && text.slice(last.end, whole.start).trim() === '')
      groups[groups.length - 1] = { start: last.start, end: lineEnd };
    else groups.push(whole);
  }
  return groups.map((group) => {
    const isAlone = /^\s*?(\r\n|\n|\r|$)[ \t]*(\r\n|\n|\r|\}|$)/.test(text.slice(group.end));
    const start = isAlone ? startWithComments(text, group.start) : group.start;
    return { start: text.slice(0, start).trimEnd().length, end: group.end };
  });
}

/** A `/** ... *\/` in front of something is about it. */
function startWithDoc(text: string, start: number): number {
  const before = text.slice(0, start);
  const doc = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(before);
  return doc && /(^|\n)[ \t]*$/.test(before.slice(0, doc.index)) ? doc.index : start;
}

/** Line comments and comment blocks right above, without an empty line between. */
function startWithComments(text: string, start: number): number {
  const above = /(?:(?<=^|\n)[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[^\n])*\*\/[ \t]*\r?)\n)+[ \t]*$/.exec(
    text.slice(0, start),
  );
  return above ? above.index : start;
}
