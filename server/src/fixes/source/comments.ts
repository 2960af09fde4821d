import type { Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkStatements } from '../../languages/source/walk.ts';
import type { Range } from '../../text/range.ts';
import { indentationAt } from '../textStyle.ts';
import type { PlannedFile } from './plannedFile.ts';

/** The comments in some ranges of a file, in the order of the text. */
export function commentsIn({ file: { text }, facts }: PlannedFile, ranges: readonly Range[]): Range[] {
  const texts = textsOf(facts);
  return ranges.flatMap(({ start, end }) => {
    const found: Range[] = [];
    const comment = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
    comment.lastIndex = start;
    for (let match = comment.exec(text); match && match.index < end; match = comment.exec(text)) {
      const at = match.index;
      const around = texts.find((each) => each.start <= at && at < each.end);
      if (around) comment.lastIndex = around.end;
      else found.push({ start: at, end: comment.lastIndex });
    }
    return found;
  });
}

/** What tools read: it holds for the next line alone, or for the line that it ends, and means nothing elsewhere. */
export function isDirective(text: string): boolean {
  return /eslint-(?:dis|en)able|(?:biome|oxlint|deno-lint)-ignore|@ts-(?:expect-error|ignore)|(?:istanbul|c8|v8|prettier)[ -]ignore/.test(
    text,
  );
}

/** A comment as lines that can stand elsewhere: without the indentation of its first. */
export function commentLines(text: string, { start, end }: Range): string[] {
  const base = indentationAt(text, start) ?? '';
  return text
    .slice(start, end)
    .trimEnd()
    .split(/\r\n|\n|\r/)
    .map((line, index) => (index > 0 && line.startsWith(base) ? line.slice(base.length) : line));
}

/** Strings, templates and regular expressions: what looks like a comment in them is none. */
function textsOf({ functions }: SourceFacts): Range[] {
  const found: Range[] = [];
  const visit = (expr: Expr): void => {
    if (expr.kind === 'literal' || expr.kind === 'template') found.push(expr);
    if (expr.kind === 'other' && expr.children.length === 0) found.push(expr);
  };
  for (const { statements } of functions) walkStatements(statements, visit);
  return found;
}
