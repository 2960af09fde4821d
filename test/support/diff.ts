/** The lines of a text with their endings: a carriage return shows as `␍`, a missing end as `(no line end)`. */
function visibleLines(text: string): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.map((line) => {
    const shown = line.replace(/^\uFEFF/, '(BOM)').replace(/\r/g, '␍');
    return shown.endsWith('\n') ? shown.slice(0, -1) : `${shown} (no line end)`;
  });
}

/** The lines that differ: a place, what goes (`-`) and what comes (`+`). Meant for small texts. */
export function diffOf(before: string, after: string): string[] {
  const [a, b] = [visibleLines(before), visibleLines(after)];
  // common[i][j]: the most lines that a from i on and b from j on have in common, in order.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: string[] = [];
  let isInHunk = false;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      [i, j, isInHunk] = [i + 1, j + 1, false];
      continue;
    }
    if (!isInHunk) lines.push(`@@ ${i + 1}`);
    isInHunk = true;
    if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push(`- ${a[i]}`.trimEnd());
      i += 1;
    } else {
      lines.push(`+ ${b[j]}`.trimEnd());
      j += 1;
    }
  }
  return lines;
}
