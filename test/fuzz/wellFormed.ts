import type { TextEdit } from '../../server/src/text/edits.ts';

/** How many objects of a value are looked at. */
const maxObjects = 300_000;
/** How many wrong ones are worth telling. */
const maxTold = 5;

/** What of a value's ranges, however deep inside, does not lie in a text of this length. */
export function wrongRanges(value: unknown, length: number, name: string): string[] {
  const wrong: string[] = [];
  const seen = new Set<unknown>();
  // No recursion: facts may be nested as deep as the text they are of.
  const left: unknown[] = [value];
  while (left.length > 0 && seen.size < maxObjects && wrong.length < maxTold) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    const { start, end } = next as { start?: unknown; end?: unknown };
    if (
      typeof start === 'number' &&
      typeof end === 'number' &&
      !(0 <= start && start <= end && end <= length)
    ) {
      wrong.push(`${name}: ${start}..${end} is no range of a text of ${length}`);
    }
    const inner = next instanceof Map || next instanceof Set ? [...next.values()] : Object.values(next);
    for (const each of inner) left.push(each);
  }
  return wrong;
}

/** What is wrong with edits of a text: outside of it, or through the middle of a character or a line ending. */
export function wrongEdits(text: string, edits: readonly TextEdit[]): string[] {
  return edits.flatMap(({ start, end }) => {
    if (!(0 <= start && start <= end && end <= text.length)) {
      return [`${start}..${end} is no range of a text of ${text.length}`];
    }
    const cut = [start, end].find((at) => isInsidePair(text, at));
    return cut === undefined ? [] : [`${start}..${end} cuts a character or a line ending at ${cut}`];
  });
}

function isInsidePair(text: string, at: number): boolean {
  return /^(\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
